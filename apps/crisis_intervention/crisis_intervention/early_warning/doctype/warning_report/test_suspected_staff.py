"""Staff named in a warning hear nothing of the student from the first moment (art. 4, 24.6)."""

import json

import frappe
from frappe.client import get as client_get
from frappe.desk.form.load import getdoc
from frappe.desk.form.save import savedocs

from crisis_intervention.access.search import search_link
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.early_warning.roster.picking import staff
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_school_class,
	make_student_case,
	make_student_profile,
	make_warning_report,
	name_in_report,
	person,
)

TABLE = "persons_of_concern"


def stored(doc):
	return frappe.get_doc(doc.doctype, doc.name)


class SuspectedStaffTestCase(DutyTestCase):
	def setUp(self):
		super().setUp()
		for key in (
			"leader",
			"member",
			"office",
			"psychologist",
			"school_leader",
			"doctor",
			"class_teacher2",
		):
			person(key)
		self.teacher = person("class_teacher")
		self.child = self.student_of_two_teachers()

	def student_of_two_teachers(self):
		"""Return a student of a class with a deputy, who takes over from the class teacher."""
		return make_student_profile(
			school_class=make_school_class(deputy_teacher=person("class_teacher2")).name
		)

	def report(self, *named, **fields):
		rows = [{"user": user} for user in named]
		values = {"student": self.child.name, "signals": ("S101",), "student_with": "Alone", TABLE: rows}
		return stored(make_warning_report(**{**values, "suspected_harm": 1, **fields}))

	def may_read(self, doc, user):
		return bool(frappe.has_permission(doc.doctype, "read", doc.name, user=user))


class TestNaming(SuspectedStaffTestCase):
	def test_no_duty_mail_or_notice_of_the_report_goes_to_whom_it_names(self):
		asked = frappe.get_all("Duty", {"student": self.report().student}, pluck="responsible")
		self.assertIn(self.teacher, asked)
		self.child = self.student_of_two_teachers()
		report = self.report(self.teacher)
		duties = frappe.get_all("Duty", {"reference_name": report.name}, ["name", "rule", "responsible"])
		by_rule = {row.rule: row.responsible for row in duties}
		self.assertEqual(by_rule["04-ALONE"], person("class_teacher2"))
		self.assertNotIn(self.teacher, by_rule.values())
		names = [row.name for row in duties]
		for doctype in ("Duty Log", "Dispatch Log"):
			told = frappe.get_all(doctype, {"duty": ["in", names], "recipient": self.teacher})
			self.assertEqual(told, [], doctype)

	def test_without_a_deputy_the_leader_is_asked_to_name_somebody_at_once(self):
		self.child = make_student_profile()
		report = self.report(self.teacher)
		duty = frappe.get_doc("Duty", {"reference_name": report.name, "rule": "04-ALONE"})
		self.assertFalse(duty.responsible)
		asked = frappe.get_doc("Duty", {"reference_name": duty.name, "kind": "Assign"})
		self.assertEqual((asked.responsible, asked.tier), (person("leader"), "Urgent"))

	def test_whom_it_names_reads_nothing_and_the_reporter_goes_on_reading(self):
		report = self.report(self.teacher)
		observer = frappe.get_doc("Warning Report Observer", {"warning_report": report.name})
		duty = frappe.get_doc("Duty", {"reference_name": report.name, "rule": "04-ALONE"})
		for doc in (report, observer, duty, self.child):
			with self.subTest(doctype=doc.doctype):
				self.assertFalse(self.may_read(doc, self.teacher))
		self.assertTrue(self.may_read(report, person("subject_teacher")))
		self.assertTrue(self.may_read(report, person("psychologist")))
		with self.as_user(self.teacher):
			self.assert_refused(lambda: client_get("Warning Report", report.name), frappe.PermissionError)
			self.assert_refused(lambda: stored(report).say_with_whom("With Family"), frappe.PermissionError)

	def test_who_names_himself_is_shut_out_and_nobody_else(self):
		report = self.report(person("subject_teacher"))
		self.assertFalse(self.may_read(report, person("subject_teacher")))
		self.assertTrue(self.may_read(report, self.teacher))

	def test_the_row_does_not_name_the_reporter(self):
		row = self.report(self.teacher, hide_observer=1).get(TABLE)[0]
		kept = frappe.db.get_value("Person Of Concern", row.name, "*", as_dict=True)
		self.assertEqual((kept.owner, kept.modified_by, kept.named_by), (NEUTRAL_OWNER, NEUTRAL_OWNER, None))
		self.assertNotIn(person("subject_teacher"), str(kept))
		self.assertTrue(kept.named_at)

	def test_naming_is_suspected_harm_and_calls_the_authority(self):
		report = self.report(self.teacher, suspected_harm=0)
		self.assertEqual(report.suspected_harm, 1)
		self.assertTrue(frappe.db.exists("Duty", {"rule": "04-AUTHORITY", "reference_name": report.name}))

	def test_any_reporter_picks_a_colleague(self):
		person("doctor")
		with self.as_user(person("subject_teacher")):
			query = "crisis_intervention.early_warning.roster.picking.staff"
			found = [row["value"] for row in search_link(doctype="User", txt="", query=query, page_length=20)]
			self.assertTrue(frappe.has_permission("User", "select"))
			(row,) = staff("User", "doctor@", "name", 0, 20, None)
		self.assertEqual(row[0], person("doctor"))
		self.assertFalse({person("monitor"), person("auditor"), "Administrator"} & set(found))
		with self.as_user(person("monitor")):
			self.assert_refused(lambda: staff("User", "", "name", 0, 20, None), frappe.PermissionError)

	def test_a_row_without_a_person_is_refused(self):
		self.assert_refused(lambda: self.report(""))

	def test_a_class_monitor_names_nobody(self):
		report = self.report(self.teacher, by=person("monitor"))
		self.assertEqual(stored(report).get(TABLE), [])
		self.assertTrue(self.may_read(report, self.teacher))

	def test_naming_later_takes_everything_in_the_same_moment(self):
		report = self.report()
		mine = {"student": self.child.name, "responsible": self.teacher, "state": ["in", ("Open", "Overdue")]}
		open_before = frappe.get_all("Duty", mine, ["name", "link_nonce"])
		self.assertTrue(open_before)
		name_in_report(report, self.teacher)
		self.assertEqual(frappe.get_all("Duty", mine), [])
		for row in open_before:
			responsible, nonce = frappe.db.get_value("Duty", row.name, ["responsible", "link_nonce"])
			self.assertEqual(responsible, person("class_teacher2"))
			self.assertNotEqual(nonce, row.link_nonce)
		self.assertFalse(self.may_read(report, self.teacher))

	def test_a_report_corrected_to_another_student_shuts_out_there(self):
		report = self.report(self.teacher)
		other = self.report(student=make_student_profile().name)
		self.assertTrue(self.may_read(other, self.teacher))
		with self.as_user(person("leader")):
			doc = stored(report)
			doc.student, doc.correction_reason = other.student, "弄错了人"
			doc.save()
		self.assertFalse(self.may_read(other, self.teacher))
		mine = {"student": other.student, "responsible": self.teacher, "state": ["in", ("Open", "Overdue")]}
		self.assertEqual(frappe.get_all("Duty", mine), [])


class TestNames(SuspectedStaffTestCase):
	"""Who sees the names, and who takes one out."""

	def test_only_those_see_the_names_who_see_them_in_a_case(self):
		report = self.report(person("doctor"))
		for key in ("leader", "office", "school_leader", "psychologist"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertIn(person("doctor"), self.answers(report))
		for key in ("class_teacher", "member", "subject_teacher"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertNotIn(person("doctor"), self.answers(report))

	def answers(self, report):
		frappe.local.response = frappe._dict(docs=[])
		getdoc("Warning Report", report.name)
		doc = client_get("Warning Report", report.name)
		rows = frappe.get_list("Person Of Concern", parent_doctype="Warning Report", fields=["*"])
		doc["place"], doc["correction_reason"] = frappe.generate_hash(length=5), "补充"
		if frappe.has_permission("Warning Report", "write", report.name):
			savedocs(frappe.as_json(doc), "Save")
		return frappe.as_json([frappe.local.response, doc, rows])

	def test_who_may_not_see_them_adds_one_and_changes_none(self):
		report = self.report(person("doctor"))
		row = report.get(TABLE)[0]
		for sent in ([], [{"name": row.name, "user": None, "withdrawn": 1, "withdrawn_reason": "x"}]):
			self.sent_by_reporter(report, sent)
		self.sent_by_reporter(report, [{"doctype": "Person Of Concern", "user": self.teacher}])
		kept = stored(report).get(TABLE)
		self.assertEqual({(r.user, r.withdrawn) for r in kept}, {(person("doctor"), 0), (self.teacher, 0)})
		self.assertEqual(len(kept), 2)
		self.assertFalse(self.may_read(report, self.teacher))

	def sent_by_reporter(self, report, rows):
		with self.as_user(person("subject_teacher")):
			doc = json.loads(frappe.as_json(client_get("Warning Report", report.name)))
			savedocs(json.dumps({**doc, TABLE: rows}), "Save")

	def test_a_row_of_another_record_is_not_moved_into_a_report(self):
		report, other = self.report(person("doctor")), self.report(student=make_student_profile().name)
		with self.as_user(person("leader")):
			doc = json.loads(frappe.as_json(stored(other)))
			line = json.loads(frappe.as_json(report.get(TABLE)[0]))
			sent = json.dumps({**doc, TABLE: [{**line, "user": self.teacher}]})
			self.assert_refused(lambda: savedocs(sent, "Save"))
		self.assertEqual([row.user for row in stored(report).get(TABLE)], [person("doctor")])

	def withdraw(self, doc, key, reason="查明无关"):
		with self.as_user(person(key)):
			doc = stored(doc)
			doc.get(TABLE)[0].update({"withdrawn": 1, "withdrawn_reason": reason})
			doc.save()

	def test_a_second_person_withdraws_with_a_reason(self):
		report = self.report(self.teacher, by=person("psychologist"))
		self.assert_refused(lambda: self.withdraw(report, "psychologist"))
		self.assert_refused(lambda: self.withdraw(report, "leader", ""))
		self.assertFalse(self.may_read(report, self.teacher))
		self.withdraw(report, "leader")
		self.assertTrue(self.may_read(report, self.teacher))
		self.assertEqual(stored(report).get(TABLE)[0].withdrawn_by, person("leader"))

	def test_nobody_is_taken_out(self):
		report = self.report(self.teacher)
		with self.as_user(person("leader")):
			doc = stored(report)
			doc.set(TABLE, [])
			self.assert_refused(doc.save)


class TestCase(SuspectedStaffTestCase):
	"""A case takes over whom warnings name."""

	def test_an_opened_case_takes_them_over_and_keeps_them_out_of_its_people(self):
		report = self.report(person("psychologist"))
		self.report(person("doctor"), by=person("class_teacher"))
		assessment = make_risk_assessment(
			by=person("psychologist2"), student=self.child.name, warning_report=report.name, level="L2"
		)
		case = frappe.get_doc("Student Case", assessment.student_case)
		named = {row.user: (row.warning_report, row.named_by) for row in case.get(TABLE)}
		self.assertEqual(set(named), {person("psychologist"), person("doctor")})
		self.assertEqual(named[person("psychologist")], (report.name, None))
		self.assertEqual(case.owner_user, person("psychologist2"))
		self.assertFalse(self.may_read(case, person("psychologist")))

	def test_whom_it_names_does_not_assess(self):
		report = self.report(person("psychologist"))
		self.assert_refused(
			lambda: make_risk_assessment(student=self.child.name, warning_report=report.name),
			frappe.PermissionError,
		)

	def test_a_later_report_reaches_the_open_case_and_names_no_reporter_there(self):
		case = make_student_case(student=self.child.name)
		self.assertEqual(case.owner_user, person("psychologist"))
		self.report(person("psychologist"), hide_observer=1)
		case = stored(case)
		self.assertNotEqual(case.owner_user, person("psychologist"))
		self.assertEqual([row.user for row in case.get(TABLE)], [person("psychologist")])
		self.assertNotIn(person("subject_teacher"), frappe.as_json(case))
		self.assertFalse(self.may_read(case, person("psychologist")))

	def test_withdrawn_in_the_case_he_is_withdrawn_in_the_report_and_the_other_way_round(self):
		for withdrawn_in in ("Student Case", "Warning Report"):
			with self.subTest(withdrawn_in=withdrawn_in):
				self.child = make_student_profile()
				report = self.report(self.teacher)
				assessment = make_risk_assessment(student=self.child.name, warning_report=report.name)
				case = frappe.get_doc("Student Case", assessment.student_case)
				doc = {"Student Case": case, "Warning Report": report}[withdrawn_in]
				TestNames.withdraw(self, doc, "office")
				self.assertTrue(self.may_read(case, self.teacher))
				for other in (case, report):
					row = stored(other).get(TABLE)[0]
					self.assertEqual((row.withdrawn, row.withdrawn_by), (1, person("office")))

	def test_the_reporter_does_not_withdraw_in_the_case_what_he_named(self):
		report = self.report(self.teacher, by=person("psychologist"), hide_observer=1)
		assessment = make_risk_assessment(student=self.child.name, warning_report=report.name)
		case = frappe.get_doc("Student Case", assessment.student_case)
		self.assert_refused(lambda: TestNames.withdraw(self, case, "psychologist"))
		self.assertFalse(self.may_read(case, self.teacher))
