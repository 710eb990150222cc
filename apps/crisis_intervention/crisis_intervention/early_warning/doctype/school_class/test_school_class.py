import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import make_school_class, make_student_profile, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestSchoolClass(CrisisTestCase):
	def test_code_is_opaque_and_title_is_shown(self):
		school_class = make_school_class()
		self.assertRegex(school_class.name, r"^CL-[2-9A-Z]{5}$")
		self.assertEqual(school_class.meta.get_title_field(), "title")

	def test_appointment_does_not_end_before_it_begins(self):
		monitor = {"user": person("monitor"), "from_date": nowdate(), "to_date": add_days(nowdate(), -1)}
		self.assert_refused(lambda: make_school_class(monitors=[monitor]))

	def test_monitor_row_names_somebody(self):
		self.assert_refused(lambda: make_school_class(monitors=[{"from_date": nowdate()}]))

	def test_monitor_sees_the_own_class_only_while_in_office(self):
		own = make_school_class(monitors=[{"user": person("monitor"), "from_date": nowdate()}])
		former = make_school_class(
			monitors=[
				{
					"user": person("monitor"),
					"from_date": add_days(nowdate(), -30),
					"to_date": add_days(nowdate(), -1),
				}
			]
		)
		mine = make_student_profile(school_class=own.name)
		other = make_student_profile(school_class=former.name)
		with self.as_user(person("monitor")):
			classes = frappe.get_list("School Class", pluck="name", limit_page_length=0)
			students = frappe.get_list("Student Profile", pluck="name", limit_page_length=0)
		self.assertIn(own.name, classes)
		self.assertNotIn(former.name, classes)
		self.assertIn(mine.name, students)
		self.assertNotIn(other.name, students)

	def test_a_class_without_monitor_in_office_owes_one_until_it_has_one(self):
		gone = {"user": person("monitor"), "from_date": "2026-01-01", "to_date": "2026-02-01"}
		bare = make_school_class(monitors=[gone])
		with self.freeze_time("2026-11-23 07:30:00.1"):
			raise_recurring()
			duty = frappe.get_doc("Duty", {"rule": "09-MONITOR", "school_class": bare.name})
			self.assertEqual((duty.state, duty.responsible), ("Open", person("class_teacher")))
			with self.as_user(person("class_teacher")):
				bare.append("monitors", {"user": person("monitor"), "from_date": "2026-11-23"})
				bare.save()
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")
