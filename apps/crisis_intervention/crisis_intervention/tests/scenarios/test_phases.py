"""Three phases with measures of their own, and levels that name theirs (art. 6); who warns (art. 9, 26)."""

from typing import Any

import frappe
from frappe.client import set_value
from frappe.desk.form.load import getdoc

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CASE, LOG = "Student Case", "Class Log"
BEFORE, DURING, AFTER = "Before Crisis", "During Crisis", "After Crisis"
WORDS = ["两名学生争吵后情绪低落", "课后分别谈话", "改写：只有一名", "当天漏写一人"]


class TestPhases(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		with self.freeze_time(self.at("09:00")):
			self.case = make_student_case(level="L3", student=self.student.name)

	def shown(self, key: str = "psychologist") -> list[Any]:
		"""Which measures the form of the case names to a reader."""
		frappe.local.response = frappe._dict(docs=[])
		with self.acting(key, "10:00"), self.speaking("en"):
			getdoc(CASE, self.case.name)
		return frappe.local.response.docs[0].get("__onload")["measures"]

	def set_phase(self, key: str, phase: str, clock: str = "09:30") -> None:
		with self.acting(key, clock):
			set_value(CASE, self.case.name, "phase", phase)

	def test_form_names_the_measures_of_the_phase_and_those_of_the_level(self):
		for phase, its_own, another in ((DURING, "M211", "M301"), (AFTER, "M301", "M211")):
			with self.subTest(phase=phase):
				self.set_phase("psychologist", phase)
				codes = {row.code for row in self.shown()}
				self.assertIn(its_own, codes)
				self.assertNotIn(another, codes)
				required = {row.code for row in self.shown() if row.required}
				self.assertEqual(required, {"M207", "M202", "M209", "M210"})
		assert_nothing_leaks(self)

	def test_therapy_is_named_as_a_referral_only(self):
		self.set_phase("psychologist", AFTER)
		referred = {row.code for row in self.shown() if row.by_referral}
		self.assertEqual(referred, {"M306"})
		self.assertEqual(frappe.db.get_value("Measure Type", "M306", "kind"), "Rescue")

	def test_higher_level_asks_for_other_measures_at_once(self):
		with self.acting("psychologist", "09:40"):
			frappe.get_doc(CASE, self.case.name).change_level("L1", WORDS[0])
		required = {row.code for row in self.shown() if row.required}
		self.assertLessEqual({"M208", "M211", "M212"}, required)
		self.assertNotIn("M207", required)
		assert_nothing_leaks(self, names=WORDS)

	def test_who_moves_the_phase_and_that_it_stays_readable(self):
		for key in ("class_teacher", "member", "subject_teacher", "monitor", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.set_phase(key, AFTER))
		before = frappe.db.get_value(CASE, self.case.name, "phase")
		self.set_phase("leader", AFTER)
		(row,) = [row for row in frappe.get_doc(CASE, self.case.name).corrections if row.fieldname == "phase"]
		self.assertEqual((row.old_value or None, row.new_value), (before, AFTER))
		self.assert_refused(lambda: self.set_phase("leader", "Over"))
		assert_nothing_leaks(self)

	def test_school_names_a_measure_of_its_own_and_the_form_shows_it(self):
		values = {"code": "X900", "label": "校园绿地散步", "phase": DURING, "kind": "Support"}
		with self.acting("class_teacher", "09:20"):
			self.assert_refused(frappe.get_doc({"doctype": "Measure Type", **values}).insert)
		with self.acting("administrator", "09:25"):
			frappe.get_doc({"doctype": "Measure Type", **values}).insert()
		self.set_phase("psychologist", DURING)
		self.assertIn("X900", {row.code for row in self.shown()})


class TestClassLog(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		frappe.db.set_value("School Class", {"enabled": 1}, "enabled", 0)
		frappe.db.set_value("School Class", self.student.school_class, "enabled", 1)
		with self.freeze_time(self.at("08:00")):
			raise_recurring()

	def duty(self, rule: str) -> Any:
		return frappe.get_doc("Duty", {"rule": rule, "school_class": self.student.school_class})

	def log(self, key: str, clock: str, days: int = 0) -> Any:
		values = {"school_class": self.student.school_class, "students": [{"student": self.student.name}]}
		with self.acting(key, clock, days):
			return frappe.get_doc(
				{"doctype": LOG, "what": WORDS[0], "follow_up": WORDS[1], **values}
			).insert()

	def test_class_teacher_logs_what_was_abnormal(self):
		duty = self.duty("26-LOG")
		self.assertEqual((duty.responsible, duty.article), (person("class_teacher"), 26))
		self.assertEqual(f"{duty.due_at:%F %H:%M}", "2026-11-30 17:00")
		for key in ("class_teacher2", "monitor", "psychologist", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.log(key, "15:00"))
		log = self.log("class_teacher", "15:30")
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name, log.late), ("Done", log.name, 0))
		with self.acting("class_teacher", "15:40"):
			log.what = WORDS[2]
			self.assert_refused(log.save)
			log = frappe.get_doc(LOG, log.name)
			log.update({"what": WORDS[2], "correction_reason": WORDS[3]}).save()
		self.assertEqual(log.corrections[0].old_value, WORDS[0])
		assert_nothing_leaks(self, names=WORDS)

	def test_month_without_entry_climbs_and_a_late_one_is_late(self):
		for days in (4, 5):
			self.tick_and_send("17:05", days)
		duty = self.duty("26-LOG")
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual((duty.state, reached), ("Overdue", [person("class_teacher"), person("leader")]))
		assert_nothing_leaks(self)

	def test_monitor_warns_and_sees_only_what_is_his_own(self):
		row = {"user": person("monitor"), "student": self.student.name, "from_date": "2026-11-26"}
		with self.acting("class_teacher", "12:00"):
			school_class = frappe.get_doc("School Class", self.student.school_class)
			school_class.append("monitors", row)
			school_class.save()
		of_teacher = self.report_at("12:30", by="class_teacher", description=WORDS[0])
		own = self.report_at("20:10", by="monitor", signals=("S101",), description=WORDS[1])
		duty = frappe.get_doc("Duty", {"rule": "12-ACK-R", "reference_name": own.name})
		self.assertEqual((duty.responsible, f"{duty.due_at:%H:%M}"), (person("psychologist"), "20:20"))
		for name, may in ((own.name, True), (of_teacher.name, False)):
			allowed = frappe.has_permission("Warning Report", "read", name, user=person("monitor"))
			self.assertEqual(bool(allowed), may)
		self.assertFalse(frappe.has_permission("Duty", "read", duty, user=person("monitor")))
		assert_nothing_leaks(self, names=WORDS)
