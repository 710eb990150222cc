from datetime import datetime

import frappe
from frappe.utils import nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.periodic.one_tap import nothing_to_report, waiting
from crisis_intervention.tests.factories import (
	make_student_case,
	make_student_profile,
	make_user,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_reports import make_class_barometer, make_class_with_monitor
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Class Barometer"
TENTH, NEXT_HALF = datetime(2026, 11, 10, 12, 0), datetime(2026, 11, 18, 12, 0)


class TestClassBarometer(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.school_class = make_class_with_monitor()

	def tap(self, key="monitor", **arguments):
		with self.as_user(person(key)):
			return nothing_to_report(KIND, self.school_class.name, **arguments)["name"]

	def duties(self):
		return frappe.get_all(
			"Duty",
			filters={"rule": "12-MONITOR", "school_class": self.school_class.name},
			fields=["period", "state", "responsible"],
			order_by="period asc",
		)

	def test_one_tap_says_all_calm_and_closes_the_duty_of_its_half_month(self):
		with self.freeze_time(TENTH):
			raise_recurring()
		with self.freeze_time(NEXT_HALF):
			raise_recurring()
			barometer = frappe.get_doc(KIND, self.tap(day="2026-11-12"))
		self.assertRegex(barometer.name, r"^BA-2026-[2-9A-Z]{6}$")
		self.assertEqual((barometer.weather, barometer.all_calm, barometer.late), ("Sunny", 1, 1))
		found = [(duty.period, duty.state) for duty in self.duties()]
		self.assertEqual(found, [("2026-11-A", "Done Late"), ("2026-11-B", "Open")])
		self.assertEqual({duty.responsible for duty in self.duties()}, {person("monitor")})

	def test_calm_is_said_once_but_news_may_come_at_any_time(self):
		self.tap()
		self.assert_refused(self.tap)
		barometer = make_class_barometer(school_class=self.school_class.name, weather="Rain")
		self.assertEqual((barometer.all_calm, barometer.alarm), (0, ""))
		with self.as_user(person("monitor")):
			(row,) = waiting(KIND)
		self.assertTrue(row["filed"])

	def test_only_the_monitor_in_office_writes(self):
		for key in ("class_teacher", "subject_teacher", "leader", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.tap(key), frappe.PermissionError)
		former = make_class_with_monitor(
			monitors=[{"user": person("monitor"), "from_date": "2026-01-01", "to_date": "2026-02-01"}]
		)
		self.assert_refused(lambda: make_class_barometer(school_class=former.name), frappe.PermissionError)

	def test_psychology_teacher_enters_what_came_on_paper(self):
		student = make_student_profile(school_class=self.school_class.name).name
		fields = {"by": person("psychologist"), "school_class": self.school_class.name, "weather": "Cloudy"}
		self.assert_refused(lambda: make_class_barometer(**fields))
		barometer = make_class_barometer(handed_in_by=student, **fields)
		self.assertEqual(barometer.handed_in_by, student)
		self.assert_refused(
			lambda: make_class_barometer(handed_in_by=student, **{**fields, "by": person("psychologist2")}),
			frappe.PermissionError,
		)

	def test_stays_as_it_was_written(self):
		barometer = make_class_barometer(school_class=self.school_class.name, note="还好")
		for key in ("monitor", "psychologist", "leader"):
			with self.subTest(key=key), self.as_user(person(key)):
				stored = frappe.get_doc(KIND, barometer.name)
				stored.note = "别的"
				self.assert_refused(stored.save)
		stored = frappe.get_doc(KIND, barometer.name)
		stored.weather = "Storm"
		self.assert_refused(stored.save)
		self.assert_refused(lambda: frappe.delete_doc(KIND, barometer.name, force=True))

	def test_classmates_come_from_the_own_class(self):
		line = {"student": make_student_profile().name, "weather": "Rain"}
		self.assert_refused(lambda: make_class_barometer(school_class=self.school_class.name, entries=[line]))

	def test_monitor_sees_only_what_he_wrote_himself(self):
		second = make_user("monitor-two@crisis.example.com", "Class Monitor")
		self.school_class.append("monitors", {"user": second, "from_date": nowdate()})
		self.school_class.save(ignore_permissions=True)
		own = make_class_barometer(school_class=self.school_class.name)
		other = make_class_barometer(by=second, school_class=self.school_class.name)
		with self.as_user(person("monitor")):
			listed = frappe.get_list(KIND, pluck="name", limit_page_length=0)
			self.assertTrue(frappe.has_permission(KIND, "read", own.name))
			self.assertFalse(frappe.has_permission(KIND, "read", other.name))
			for doctype in ("Class Weekly Report", "Class Log", "Barometer Review"):
				self.assert_refused(lambda doctype=doctype: frappe.get_list(doctype), frappe.PermissionError)
		self.assertIn(own.name, listed)
		self.assertNotIn(other.name, listed)

	def test_psychology_teacher_of_the_class_and_the_leader_read_it(self):
		barometer = make_class_barometer(school_class=self.school_class.name)
		readers = ("psychologist", "leader", "monitor")
		for key in (*readers, "psychologist2", "class_teacher", "office", "school_leader", "administrator"):
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", barometer.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_person_of_concern_is_shut_out_of_what_names_the_student(self):
		case = make_student_case()
		name = frappe.db.get_value("Student Profile", case.student, "school_class")
		school_class = frappe.get_doc("School Class", name)
		school_class.append("monitors", {"user": person("monitor"), "from_date": nowdate()})
		school_class.save(ignore_permissions=True)
		line = {"student": case.student, "weather": "Storm"}
		barometer = make_class_barometer(school_class=name, weather="Cloudy", entries=[line])
		review = frappe.db.get_value("Barometer Review", {"class_barometer": barometer.name})
		name_of_concern(case, person("psychologist"))
		for doctype, record in ((KIND, barometer.name), ("Barometer Review", review)):
			with self.subTest(doctype=doctype):
				self.assertFalse(frappe.has_permission(doctype, "read", record, user=person("psychologist")))
				self.assertTrue(frappe.has_permission(doctype, "read", record, user=person("leader")))
