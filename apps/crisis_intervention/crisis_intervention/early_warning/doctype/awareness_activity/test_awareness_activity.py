import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import make_school_class, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestAwarenessActivity(CrisisTestCase):
	def setUp(self):
		super().setUp()
		frappe.db.set_value("School Class", {"enabled": 1}, "enabled", 0)
		self.classes = [make_school_class().name for _number in range(4)]

	def hold(self, *classes: str, by: str = "psychologist", **fields):
		values = {
			"doctype": "Awareness Activity",
			"title": "珍爱生命主题班会",
			"kind": "Class Meeting",
			"held_on": nowdate(),
			"classes": [{"school_class": name} for name in classes],
		}
		with self.as_user(person(by)):
			return frappe.get_doc({**values, **fields}).insert()

	def test_coverage_adds_up_over_the_term(self):
		first = self.hold(self.classes[0], self.classes[0])
		self.assertEqual((first.classes_covered, first.coverage), (1, 25.0))
		second = self.hold(self.classes[1], self.classes[2])
		self.assertEqual((second.classes_covered, second.coverage), (3, 75.0))
		third = self.hold(whole_school=1)
		self.assertEqual((third.coverage, third.classes), (100.0, []))

	def test_an_activity_names_its_classes_and_lies_in_the_past(self):
		self.assert_refused(lambda: self.hold())
		self.assert_refused(lambda: self.hold(self.classes[0], held_on=add_days(nowdate(), 1)))

	def test_it_closes_the_duty_of_the_term(self):
		raise_recurring()
		open_duties = frappe.get_all("Duty", {"rule": "02-AWARE", "state": ["in", ("Open", "Overdue")]})
		self.assertEqual(len(open_duties), 1)
		activity = self.hold(whole_school=1)
		closed = frappe.db.get_value("Duty", open_duties[0].name, ["state", "evidence_name"])
		self.assertEqual(tuple(closed), ("Done", activity.name))

	def test_an_activity_of_an_earlier_term_that_is_saved_again_proves_nothing(self):
		former = self.hold(whole_school=1, held_on=add_days(nowdate(), -400))
		raise_recurring()
		duty = frappe.db.get_value("Duty", {"rule": "02-AWARE", "state": ["in", ("Open", "Overdue")]})
		with self.as_user(person("psychologist")):
			former.summary = "补记"
			former.save()
		self.assertNotEqual(former.term, frappe.db.get_value("Duty", duty, "period"))
		self.assertIn(frappe.db.get_value("Duty", duty, "state"), ("Open", "Overdue"))

	def test_who_may_enter_one(self):
		self.assertTrue(self.hold(self.classes[0], by="class_teacher").name)
		for key in ("monitor", "auditor", "subject_teacher"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.hold(self.classes[0], by=key))
