from datetime import datetime

import frappe
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.periodic.one_tap import nothing_to_report
from crisis_intervention.tests.factories import make_school_class, make_student_profile, person
from crisis_intervention.tests.factories_reports import make_class_log
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Class Log"
EARLY, LATER, NEXT_MONTH = (
	datetime(2026, 11, 2, 9, 0),
	datetime(2026, 11, 20, 16, 0),
	datetime(2026, 12, 3, 9, 0),
)


class TestClassLog(CrisisTestCase):
	def test_entry_keeps_event_and_entry_time_and_closes_the_duty_of_its_month(self):
		school_class = make_school_class().name
		with self.freeze_time(EARLY):
			raise_recurring()
		with self.freeze_time(NEXT_MONTH):
			raise_recurring()
			log = make_class_log(school_class=school_class, event_time="2026-11-20 10:15:00")
		self.assertRegex(log.name, r"^LG-2026-[2-9A-Z]{6}$")
		self.assertEqual((log.event_time, log.entry_time), (datetime(2026, 11, 20, 10, 15), NEXT_MONTH))
		self.assertEqual((log.period, log.late), ("2026-11", 1))
		duties = frappe.get_all(
			"Duty",
			filters={"rule": "26-LOG", "school_class": school_class},
			fields=["period", "state"],
			order_by="period asc",
		)
		self.assertEqual(
			[(duty.period, duty.state) for duty in duties], [("2026-11", "Done Late"), ("2026-12", "Open")]
		)

	def test_month_without_any_is_logged_in_one_tap_and_once(self):
		school_class = make_school_class().name
		with self.freeze_time(LATER), self.as_user(person("class_teacher")):
			name = nothing_to_report(KIND, school_class)["name"]
			self.assertEqual(frappe.db.get_value(KIND, name, ["zero_report", "period"]), (1, "2026-11"))
			self.assert_refused(lambda: nothing_to_report(KIND, school_class))
		with self.freeze_time(LATER):
			self.assertTrue(make_class_log(school_class=school_class).name)

	def test_several_entries_of_a_month_name_students_of_the_class(self):
		school_class = make_school_class().name
		students = [{"student": make_student_profile(school_class=school_class).name} for _number in range(2)]
		make_class_log(school_class=school_class)
		log = make_class_log(school_class=school_class, students=students)
		self.assertEqual(len(log.students), 2)
		stranger = [{"student": make_student_profile().name}]
		self.assert_refused(lambda: make_class_log(school_class=school_class, students=stranger))

	def test_follow_up_is_added_freely_and_the_entry_corrected_with_a_reason(self):
		log = make_class_log()
		with self.as_user(person("class_teacher")):
			stored = frappe.get_doc(KIND, log.name)
			stored.follow_up = "已分别谈话"
			stored.save()
			stored.follow_up = "别的"
			self.assert_refused(stored.save)
			stored = frappe.get_doc(KIND, log.name)
			stored.what = "没有争吵"
			self.assert_refused(stored.save)
			stored = frappe.get_doc(KIND, log.name)
			stored.what, stored.correction_reason = "只是误会", "核对后更正"
			stored.save()
		row = frappe.get_doc(KIND, log.name).corrections[0]
		self.assertEqual((row.old_value, row.new_value), ("两名学生争吵后情绪低落", "只是误会"))

	def test_empty_and_contradictory_entries_are_refused(self):
		self.assert_refused(lambda: make_class_log(what=" "))
		self.assert_refused(lambda: make_class_log(zero_report=1, what="有人打架"))
		self.assert_refused(lambda: make_class_log(event_time=add_to_date(now_datetime(), days=1)))
		self.assert_refused(lambda: make_class_log(by=person("class_teacher2")), frappe.PermissionError)
		self.assert_refused(lambda: make_class_log(by=person("monitor")), frappe.PermissionError)

	def test_who_reads_it(self):
		log = make_class_log()
		readers = ("leader", "office", "psychologist", "class_teacher")
		for key in (*readers, "psychologist2", "class_teacher2", "monitor", "administrator", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", log.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)
		self.assert_refused(lambda: frappe.delete_doc(KIND, log.name, force=True))
