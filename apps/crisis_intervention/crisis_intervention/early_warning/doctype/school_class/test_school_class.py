import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring, subjects
from crisis_intervention.crisis_plan.rules.cache import rule_of
from crisis_intervention.early_warning.monitors import mark_ended
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

	def test_class_teacher_appoints_monitors_of_the_own_class_and_changes_nothing_else(self):
		own = make_school_class().name
		other = make_school_class(class_teacher=person("class_teacher2")).name
		monitor = {"user": person("monitor"), "from_date": nowdate()}
		with self.as_user(person("class_teacher")):
			doc = frappe.get_doc("School Class", own)
			doc.append("monitors", dict(monitor))
			doc.save()
			self.assertEqual(doc.has_monitor, 1)
			for field, value in (
				("class_teacher", person("class_teacher2")),
				("enabled", 0),
				("title", "改"),
			):
				doc = frappe.get_doc("School Class", own)
				doc.set(field, value)
				self.assert_refused(doc.save, frappe.PermissionError)
			doc = frappe.get_doc("School Class", other)
			doc.append("monitors", dict(monitor))
			self.assert_refused(doc.save, frappe.PermissionError)

	def test_office_names_the_teacher(self):
		doc = frappe.get_doc("School Class", make_school_class().name)
		with self.as_user(person("office")):
			doc.class_teacher = person("class_teacher2")
			doc.save()
		self.assertEqual(doc.class_teacher, person("class_teacher2"))

	def test_an_appointment_that_ended_overnight_is_noted(self):
		last_day = {"user": person("monitor"), "from_date": add_days(nowdate(), -9), "to_date": nowdate()}
		school_class = make_school_class(monitors=[last_day])
		self.assertEqual(school_class.has_monitor, 1)
		frappe.db.set_value("School Class Monitor", school_class.monitors[0].name, "to_date", "2020-01-01")
		frappe.clear_document_cache("School Class", school_class.name)
		self.assertGreaterEqual(mark_ended(), 1)
		self.assertEqual(frappe.db.get_value("School Class", school_class.name, "has_monitor"), 0)
		self.assertEqual(mark_ended(), 0)

	def test_closed_classes_call_for_nothing_more(self):
		school_class, closed = make_school_class(), make_school_class(enabled=0)
		names = {doc.name for doc in subjects(rule_of("12-CLASSWEEK"))}
		self.assertIn(school_class.name, names)
		self.assertNotIn(closed.name, names)
