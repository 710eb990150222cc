"""Reports filed whether something happened or not: weekly, half-monthly, paused in vacation (art. 12)."""

from datetime import datetime
from typing import Any

import frappe
from frappe.desk.query_report import run

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.periodic.one_tap import nothing_to_report
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, make_student_profile, person
from crisis_intervention.tests.factories_reports import make_class_barometer, make_class_with_monitor
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CLASS_WEEK, BAROMETER = "Class Weekly Report", "Class Barometer"


class PeriodicTestCase(ScenarioTestCase):
	day = datetime(2026, 11, 23, microsecond=100000)

	def setUp(self):
		super().setUp()
		with self.freeze_time(self.at("07:30")):
			self.school_class = make_class_with_monitor()
			self.student = make_student_profile(school_class=self.school_class.name)

	def arise(self, clock: str, days: int = 0) -> None:
		with self.freeze_time(self.at(clock, days)):
			raise_recurring()

	def class_duties(self, rule: str) -> list[Any]:
		filters = {"rule": rule, "school_class": self.school_class.name}
		return frappe.get_all("Duty", filters=filters, fields=["*"], order_by="period asc")

	def class_duty(self, rule: str) -> Any:
		(duty,) = self.class_duties(rule)
		return duty

	def tap(self, doctype: str, key: str, clock: str, days: int = 0, **arguments: str) -> Any:
		with self.acting(key, clock, days):
			name = nothing_to_report(doctype, self.school_class.name, **arguments)["name"]
		return frappe.get_doc(doctype, name)


class TestWeek(PeriodicTestCase):
	def test_zero_report_of_the_class_teacher_closes_the_week(self):
		self.arise("08:00")
		duty = self.class_duty("12-CLASSWEEK")
		self.assertEqual((duty.responsible, duty.article), (person("class_teacher"), 12))
		self.assertEqual(f"{duty.due_at:%a %H:%M}", "Fri 17:00")
		report = self.tap(CLASS_WEEK, "class_teacher", "15:30", days=4)
		self.assertEqual((report.zero_report, report.late), (1, 0))
		duty = self.class_duty("12-CLASSWEEK")
		self.assertEqual((duty.state, duty.evidence_name), ("Done", report.name))
		# Nothing happened: the team leader need not read it.
		self.assertFalse(frappe.get_all("Duty", {"rule": "12-READ-C", "reference_name": report.name}))
		assert_nothing_leaks(self)

	def test_report_with_a_student_of_note_is_read_by_the_team_leader(self):
		with self.acting("class_teacher", "15:30", days=1):
			entry = {"student": self.student.name, "change": "连续两天没有交作业", "done": "课后谈话"}
			values = {"doctype": CLASS_WEEK, "school_class": self.school_class.name, "entries": [entry]}
			report = frappe.get_doc(values).insert()
		duty = frappe.get_doc("Duty", {"rule": "12-READ-C", "reference_name": report.name})
		self.assertEqual((duty.responsible, f"{duty.due_at:%a %H:%M}"), (person("leader"), "Thu 17:00"))
		with self.acting("class_teacher", "16:00", days=1):
			self.assert_refused(frappe.get_doc(CLASS_WEEK, report.name).mark_read)
		with self.acting("leader", "09:00", days=2):
			frappe.get_doc(CLASS_WEEK, report.name).mark_read()
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", report.name))
		assert_nothing_leaks(self, names=["连续两天没有交作业", "课后谈话"])

	def test_missing_report_is_reminded_of_escalated_and_found(self):
		self.arise("08:00")
		for days, clock in ((3, "17:05"), (4, "17:05"), (7, "17:05")):
			self.tick_and_send(clock, days)
		duty = self.class_duty("12-CLASSWEEK")
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual(reached, [person("class_teacher"), person("leader")])
		self.assertEqual(len(self.log_of(duty, "Reminder")), 1)
		self.assertEqual((duty.state, self.missing("18:00", 7)), ("Overdue", [("Missing", "class_teacher")]))
		report = self.tap(CLASS_WEEK, "class_teacher", "09:00", days=8, day="2026-11-25")
		self.assertEqual((report.late, self.class_duty("12-CLASSWEEK").state), (1, "Done Late"))
		self.assertEqual(self.missing("18:00", 8), [("Late", "class_teacher")])
		assert_nothing_leaks(self)

	def missing(self, clock: str, days: int) -> list[tuple[str, str]]:
		"""What the missing-report detector shows the team leader about the week: state and person."""
		last = self.at("12:00", 6)
		with self.acting("leader", clock, days), self.speaking("en"):
			filters = {"kind": CLASS_WEEK, "school_class": self.school_class.name, "to_date": f"{last:%F}"}
			rows = run("Missing Reports", filters={**filters, "from_date": f"{self.day:%F}"})["result"]
		return [(row["status"], row["person"].replace("-", "_")) for row in rows if isinstance(row, dict)]

	def test_nobody_else_reports_for_the_class_teacher(self):
		self.arise("08:00")
		for key in ("class_teacher2", "leader", "psychologist", "monitor", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.tap(CLASS_WEEK, key, "10:00"))
		self.assertEqual(self.class_duty("12-CLASSWEEK").state, "Open")
		assert_nothing_leaks(self)

	def test_psychology_teacher_reports_by_the_week_as_well(self):
		person("psychologist2")
		self.arise("08:00")
		filters = {"rule": "12-PSYWEEK", "reference_name": person("psychologist")}
		self.assertEqual(frappe.db.get_value("Duty", filters, "responsible"), person("psychologist"))
		with self.acting("psychologist", "16:00", days=4):
			nothing_to_report("Psychology Weekly Report", person("psychologist"))
		other = {**filters, "reference_name": person("psychologist2")}
		states = [frappe.db.get_value("Duty", chosen, "state") for chosen in (filters, other)]
		self.assertEqual(states, ["Done", "Open"])
		assert_nothing_leaks(self)


class TestHalfMonth(PeriodicTestCase):
	def test_monitor_reports_to_the_psychology_teacher(self):
		self.arise("08:00")
		duty = self.class_duty("12-MONITOR")
		self.assertEqual((duty.responsible, f"{duty.due_at:%F}"), (person("monitor"), "2026-11-30"))
		self.tick_and_send("18:00", days=7)
		self.tick_and_send("18:00", days=8)
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual(reached, [person("class_teacher")])
		barometer = self.tap(BAROMETER, "monitor", "08:30", days=9, day="2026-11-28")
		self.assertEqual((barometer.weather, barometer.late), ("Sunny", 1))
		duty = self.class_duty("12-MONITOR")
		self.assertEqual((duty.state, duty.evidence_name), ("Done Late", barometer.name))
		self.assertTrue(frappe.has_permission(BAROMETER, "read", barometer.name, user=person("psychologist")))
		assert_nothing_leaks(self)

	def test_storm_reaches_the_psychology_teacher_at_once(self):
		with self.freeze_time(self.at("20:15")):
			make_class_barometer(school_class=self.school_class.name, weather="Storm", note="有人在哭")
		review = frappe.get_doc("Barometer Review", {"school_class": self.school_class.name})
		duty = frappe.get_doc("Duty", {"rule": "12-STORM", "reference_name": review.name})
		self.assertEqual((duty.responsible, f"{duty.due_at:%H:%M}"), (person("psychologist"), "22:15"))
		assert_nothing_leaks(self, names=["有人在哭"])


class TestVacation(PeriodicTestCase):
	"""The winter vacation that the seed calendar names, and the first week of school after it."""

	day = datetime(2027, 2, 1, microsecond=100000)

	def test_reports_pause_and_watch_and_follow_up_do_not(self):
		with self.freeze_time(self.at("08:00")):
			case = make_student_case(level="L1", student=self.student.name)
		self.arise("08:10")
		for rule in ("12-CLASSWEEK", "12-MONITOR"):
			self.assertFalse(self.class_duties(rule), rule)
		duties = self.duties()
		self.assertEqual((duties["18-WATCH"].clock, duties["18-WATCH"].state), ("Safety", "Open"))
		self.assertLess(duties["18-WATCH"].due_at, self.at("12:00"))
		review = duties["23-REVIEW"]
		self.assertEqual((review.student_case, review.state), (case.name, "Open"))
		self.assertLess(review.due_at, self.at("23:59", 60))
		self.let_time_pass("08:15", "09:15", every=15)
		self.assertTrue(self.log_of(self.duties()["18-WATCH"], "Escalation"))
		assert_nothing_leaks(self)

	def test_reports_go_on_with_the_first_week_of_school(self):
		self.arise("08:10", days=21)
		duty = self.class_duty("12-CLASSWEEK")
		# A make-up workday: this week ends on a Saturday.
		self.assertEqual(f"{duty.due_at:%F %H:%M}", "2027-02-27 17:00")
		assert_nothing_leaks(self)
