"""A person of concern gets in on no way, nobody lets him in, nobody takes his name out (art. 4, 24.6)."""

import json
from typing import Any

import frappe
from frappe.client import delete, insert, set_value
from frappe.client import save as client_save
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form.assign_to import add as assign
from frappe.desk.form.load import getdoc
from frappe.desk.form.save import savedocs
from frappe.model.workflow import apply_workflow
from frappe.share import add as share

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.intervention.guardians import contacts_of
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	name_in_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_governance import approved, make_access_grant
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

CASE, TABLE = "Student Case", "persons_of_concern"
REASON = "学生述说受到其言语伤害"


class TestPersonOfConcern(AttackTestCase):
	"""The deputy leader, who commands and reads everything, is named in the case of this student."""

	def setUp(self):
		super().setUp()
		for key in ("member", "leader", "office", "psychologist2", "class_teacher2", "school_leader"):
			person(key)
		self.report = self.report_at("09:00", signals=("S102",))
		with self.freeze_time(self.at("09:30")):
			self.assessment = make_risk_assessment(
				student=self.student.name, warning_report=self.report.name, level="L2"
			)
			self.case = frappe.get_doc(CASE, self.assessment.student_case)
			self.feedback = make_case_feedback(self.assessment)
		self.records = [self.report, self.assessment, self.case, self.feedback]
		self.barred = person("member")

	def name_him(self, clock: str = "10:00") -> None:
		with self.freeze_time(self.at(clock)):
			name_of_concern(self.case, self.barred)

	def test_he_is_shut_out_in_the_moment_in_which_he_is_named(self):
		link_before = frappe.get_all("Duty", {"student": self.student.name}, ["name", "link_nonce"])
		for doc in self.records:
			self.assertTrue(frappe.has_permission(doc.doctype, "read", doc.name, user=self.barred))
		self.name_him()
		for doc in self.records:
			with self.subTest(doctype=doc.doctype), self.acting("member", "10:01"):
				self.assert_refused(lambda d=doc: getdoc(d.doctype, d.name), frappe.PermissionError)
				self.assert_refused(
					lambda d=doc: frappe.client.get(d.doctype, d.name), frappe.PermissionError
				)
				self.assertNotIn(doc.name, frappe.get_list(doc.doctype, pluck="name", limit_page_length=0))
		mine = {"student": self.student.name, "responsible": self.barred, "state": ["in", UNFULFILLED]}
		self.assertFalse(frappe.get_all("Duty", mine))
		after = dict(
			frappe.get_all("Duty", {"student": self.student.name}, ["name", "link_nonce"], as_list=True)
		)
		waiting = set(frappe.get_all("Duty", {**mine, "responsible": ["is", "set"]}, pluck="name"))
		for row in link_before:
			if row.name in waiting:
				self.assertNotEqual(after[row.name], row.link_nonce)
		assert_nothing_leaks(self, names=[REASON])

	def test_ladder_passes_him_by(self):
		self.name_him("09:40")
		self.let_time_pass("09:45", "11:30", every=15)
		told = frappe.get_all(
			"Duty Log",
			{"recipient": self.barred, "at": [">", self.at("09:40")], "step": ["!=", "Reassigned"]},
			pluck="duty",
		)
		about = set(frappe.get_all("Duty", {"student": self.student.name}, pluck="name"))
		self.assertFalse(about & set(told))
		sent = {"recipient": self.barred, "duty": ["in", list(about)], "creation": [">", self.at("09:40")]}
		self.assertFalse(frappe.get_all("Dispatch Log", sent))
		assert_nothing_leaks(self, names=[REASON])

	def test_he_decides_signs_and_acknowledges_nothing(self):
		duty = self.duties()["03-KEY"].name
		self.name_him()
		with self.acting("psychologist", "10:05"):
			frappe.get_doc(CASE, self.case.name).change_level("L4", "两周稳定")
			row = frappe.get_doc(CASE, self.case.name).level_history[-1].name
		values = {
			"doctype": "Risk Assessment",
			"student": self.student.name,
			"level": "L4",
			"level_reasons": "稳定",
		}
		for way, attack in {
			"second": lambda: frappe.get_doc(CASE, self.case.name).second_level_change(row, 1, "同意"),
			"workflow": lambda: apply_workflow(frappe.get_doc(CASE, self.case.name), "Confirm Exit"),
			"duty": lambda: api.acknowledge(duty),
			"receipt": lambda: frappe.client.get("Case Feedback", self.feedback.name),
			"withdraw": lambda: self.withdraw(),
			"assess": lambda: frappe.get_doc(values).insert().submit(),
		}.items():
			with self.subTest(way=way), self.acting("member", "10:10"):
				self.assert_refused(attack)
		self.assertEqual(frappe.db.get_value(CASE, self.case.name, "current_level"), "L2")
		assert_nothing_leaks(self, names=[REASON, "两周稳定", "稳定"])

	def withdraw(self) -> Any:
		doc = frappe.get_doc(CASE, self.case.name)
		doc.get(TABLE)[0].update({"withdrawn": 1, "withdrawn_reason": "弄错了"})
		return doc.save()

	def test_nobody_takes_him_out_of_the_case(self):
		self.name_him()
		row = frappe.get_doc(CASE, self.case.name).get(TABLE)[0]
		line = row.as_dict()
		forged = {**line, "withdrawn": 1, "withdrawn_reason": "弄错了", "named_by": person("office")}
		for rows in ([], [{**line, "user": person("doctor")}], [forged]):
			rows = json.loads(frappe.as_json(rows))
			with self.acting("leader", "10:10"):
				self.attempt(
					lambda r=rows: savedocs(json.dumps(self.sent(CASE, self.case.name, **{TABLE: r})), "Save")
				)
				self.attempt(
					lambda r=rows: client_save(self.sent(CASE, self.case.name, flags=FLAGS, **{TABLE: r}))
				)
		with self.acting("leader", "10:15"):
			self.attempt(lambda: set_value("Person Of Concern", row.name, "withdrawn", 1))
			self.attempt(lambda: set_value("Person Of Concern", row.name, "user", None))
			self.attempt(lambda: delete("Person Of Concern", row.name))
			self.assert_refused(self.withdraw)
		stored = frappe.get_doc(CASE, self.case.name).get(TABLE)
		self.assertEqual([(entry.user, entry.withdrawn) for entry in stored], [(self.barred, 0)])
		assert_nothing_leaks(self, names=[REASON, "弄错了"])

	def ways_in(self, user: str) -> dict[str, Any]:
		case = self.case.name
		of_case = {"student_case": case, "part": "Owner", "to_user": user, "reason": "请假"}
		return {
			"share": lambda: share(CASE, case, user, read=1),
			"owner": lambda: set_value(CASE, case, "owner_user", user),
			"deputy": lambda: set_value(CASE, case, "deputy_user", user),
			"assign": lambda: self.assigned(case, user),
			"grant": lambda: self.granted(user),
			"duty": lambda: api.reassign(self.duties()["24.1-CONFIRM"].name, user),
			"handover": lambda: insert({"doctype": "Case Handover", **of_case}),
		}

	def test_nobody_lets_him_in_again(self):
		self.name_him()
		for way, attack in self.ways_in(self.barred).items():
			with self.subTest(way=way), self.acting("leader", "10:10"):
				self.assert_refused(attack)
		self.assertFalse(frappe.has_permission(CASE, "read", self.case.name, user=self.barred))
		self.assertFalse(
			frappe.get_all("ToDo", {"allocated_to": self.barred, "reference_name": self.case.name})
		)
		# The same is possible with others: it is refused for what he is.
		others = {
			"assign": "office",
			"grant": "class_teacher2",
			"duty": "office",
			"handover": "psychologist2",
		}
		for way, key in others.items():
			with self.subTest(way=way, key=key), self.acting("leader", "10:20"):
				self.ways_in(person(key))[way]()
		assert_nothing_leaks(self, names=[REASON])

	def granted(self, user: str) -> Any:
		grant = make_access_grant(self.case, by=person("leader"), user=user)
		return approved(grant, by=person("school_leader"))

	def assigned(self, case: str, user: str) -> None:
		assign({"doctype": CASE, "name": case, "assign_to": json.dumps([user]), "description": "x"})

	def test_customisation_does_not_hide_that_he_is_named(self):
		for field in ("user", "reason", "withdrawn_reason", "withdrawn"):
			make_property_setter("Person Of Concern", field, "reqd", 0, "Check")
		make_property_setter(CASE, TABLE, "read_only", 1, "Check")
		self.addCleanup(frappe.clear_cache)
		with self.acting("leader", "10:00"):
			doc = frappe.get_doc(CASE, self.case.name)
			doc.append(TABLE, {"user": self.barred})
			self.assert_refused(doc.save)
		self.name_him()
		with self.acting("office", "10:10"):
			doc = frappe.get_doc(CASE, self.case.name)
			doc.get(TABLE)[0].update({"withdrawn": 1, "withdrawn_reason": ""})
			self.assert_refused(doc.save)
		self.assertFalse(frappe.has_permission(CASE, "read", self.case.name, user=self.barred))
		assert_nothing_leaks(self, names=[REASON])


class TestSuspectedInWarning(AttackTestCase):
	"""The class teacher, whom the plan asks first, is suspected in the warning itself."""

	def setUp(self):
		super().setUp()
		for key in ("member", "leader", "office", "psychologist", "school_leader", "class_teacher2"):
			person(key)
		self.barred = person("class_teacher")
		frappe.db.set_value(
			"School Class", self.student.school_class, "deputy_teacher", person("class_teacher2")
		)

	def warning(self, clock: str = "09:00", **fields: Any) -> Any:
		rows = [{"user": self.barred, "reason": REASON}]
		values = {"signals": ("S102",), "suspected_harm": 1, TABLE: rows, **fields}
		return self.report_at(clock, **values)

	def told_of(self, user: str, since: str) -> list[Any]:
		about = frappe.get_all("Duty", {"student": self.student.name}, pluck="name")
		lines = {"recipient": user, "duty": ["in", about], "creation": [">=", self.at(since)]}
		log = frappe.get_all("Duty Log", {**lines, "step": ["!=", "Reassigned"]}, pluck="step")
		return log + frappe.get_all("Dispatch Log", lines, pluck="name")

	def test_duties_ladder_and_mails_pass_him_by_from_the_first_moment(self):
		self.warning()
		found = self.duties()
		for rule in ("04-WATCH", "04-WITH", "04-GUARDIAN"):
			with self.subTest(rule=rule):
				self.assertTrue(found[rule].responsible)
				self.assertNotEqual(found[rule].responsible, self.barred)
		self.let_time_pass("09:05", "10:30", every=15)
		self.assertEqual(self.told_of(self.barred, "09:00"), [])
		self.assertTrue(self.told_of(person("psychologist"), "09:00"))
		assert_nothing_leaks(self, names=[REASON])

	def test_nobody_lets_him_in_before_the_assessment(self):
		report = self.warning()
		duty = self.duties()["04-WITH"].name
		name = report.name
		assignment = {"doctype": "Warning Report", "name": name, "description": "x"}
		for way, attack in {
			"share": lambda: share("Warning Report", name, self.barred, read=1),
			"assign": lambda: assign({**assignment, "assign_to": json.dumps([self.barred])}),
			"duty": lambda: api.reassign(duty, self.barred),
		}.items():
			with self.subTest(way=way), self.acting("leader", "09:10"):
				self.assert_refused(attack)
		values = {"doctype": "Warning Report", "student": self.student.name, "description": "x"}
		for way, attack in {
			"form": lambda: getdoc("Warning Report", name),
			"acknowledge": lambda: api.acknowledge(duty),
			"with whom": lambda: frappe.get_doc("Warning Report", name).say_with_whom("With Family"),
			"contact": lambda: contacts_of(self.student.name),
		}.items():
			with self.subTest(way=way), self.acting("class_teacher", "09:20"):
				self.assert_refused(attack)
		# He may report himself, and learns nothing by it.
		with self.acting("class_teacher", "09:30"):
			own = insert({**values, "event_time": self.at("09:25")})
			self.assertNotIn(own["name"], frappe.get_list("Warning Report", pluck="name"))
		assert_nothing_leaks(self, names=[REASON])

	def test_named_half_an_hour_later_he_loses_duties_and_links_at_once(self):
		report = self.report_at("09:00", signals=("S102",))
		self.let_time_pass("09:05", "09:20")
		before = {rule: row for rule, row in self.duties().items() if row.responsible == self.barred}
		self.assertTrue(before)
		with self.freeze_time(self.at("09:30")):
			name_in_report(report, self.barred, by=person("psychologist"))
		for rule, row in self.duties().items():
			with self.subTest(rule=rule):
				if row.state in UNFULFILLED:
					self.assertNotEqual(row.responsible, self.barred)
				if rule in before:
					self.assertNotEqual(row.link_nonce, before[rule].link_nonce)
		self.let_time_pass("09:35", "10:30", every=15)
		self.assertEqual(self.told_of(self.barred, "09:31"), [])
