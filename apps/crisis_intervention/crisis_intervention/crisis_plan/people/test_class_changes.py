import frappe

from crisis_intervention.crisis_plan.api import reassign
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.tests.factories import make_school_class, person


class TestClassChanges(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)
		self.rules = {
			function: self.make_rule(function) for function in ("Class Teacher", "Psychology Teacher")
		}
		self.red_report()
		self.school_class = frappe.get_doc("School Class", self.student.school_class)

	def make_rule(self, function: str) -> str:
		rule = {
			"doctype": "Duty Rule",
			"rule_code": "T-" + frappe.generate_hash(length=6),
			"title": "测试",
			"article": 12,
			"kind": "Report",
			"tier": "Due",
			"document_type": "Warning Report",
			"trigger_type": "Event",
			"trigger_event": "Insert",
			"responsible": function,
			"due_value": 1,
			"due_unit": "Days",
			"fulfil_match": "Acknowledgement",
		}
		return frappe.get_doc(rule).insert().name

	def holder(self, function: str) -> str | None:
		return frappe.db.get_value("Duty", {"rule": self.rules[function]}, "responsible")

	def change_class(self, **fields):
		self.school_class.update(fields)
		self.school_class.save()

	def test_new_class_teacher_takes_over_and_is_told(self):
		self.assertEqual(self.holder("Class Teacher"), person("class_teacher"))
		self.change_class(class_teacher=person("class_teacher2"))
		duty = self.duty(self.rules["Class Teacher"])
		self.assertEqual(duty.responsible, person("class_teacher2"))
		(line,) = self.log_of(duty, "Reassigned")
		self.assertEqual((line.recipient, line.by_user), (person("class_teacher2"), None))
		told = {"duty": duty.name, "occasion": "Reassigned", "recipient": person("class_teacher2")}
		self.assertTrue(frappe.db.exists("Dispatch Log", told))
		self.assertEqual(self.holder("Psychology Teacher"), person("psychologist"))

	def test_new_psychology_teacher_takes_over(self):
		self.change_class(psychology_teacher=person("psychologist2"))
		self.assertEqual(self.holder("Psychology Teacher"), person("psychologist2"))
		self.assertEqual(self.holder("Class Teacher"), person("class_teacher"))

	def test_other_edits_of_a_class_move_nothing(self):
		self.change_class(title="高二（9）班")
		self.assertEqual(self.log_of(self.duty(self.rules["Class Teacher"]), "Reassigned"), [])

	def test_duties_of_other_classes_stay(self):
		other = make_school_class(class_teacher=person("class_teacher"))
		other.class_teacher = person("class_teacher2")
		other.save()
		self.assertEqual(self.holder("Class Teacher"), person("class_teacher"))

	def test_class_without_teacher_is_an_urgent_duty_of_the_team_leader(self):
		self.change_class(class_teacher=None)
		duty = self.duty(self.rules["Class Teacher"])
		self.assertFalse(duty.responsible)
		assign = frappe.get_doc("Duty", {"kind": "Assign", "reference_name": duty.name})
		self.assertEqual((assign.responsible, assign.tier), (person("leader"), "Urgent"))
		self.change_class(class_teacher=person("class_teacher2"))
		self.assertEqual(self.holder("Class Teacher"), person("class_teacher2"))
		self.assertEqual(frappe.db.get_value("Duty", assign.name, "state"), "Done")

	def test_deputy_of_the_class_stands_in_when_the_teacher_is_gone(self):
		self.change_class(class_teacher=None, deputy_teacher=person("class_teacher2"))
		duty = self.duty(self.rules["Class Teacher"])
		self.assertEqual((duty.responsible, duty.resolved_via), (person("class_teacher2"), "Deputy"))

	def test_whom_the_leader_named_keeps_the_duty(self):
		with self.as_user(person("leader")):
			reassign(self.duty(self.rules["Class Teacher"]).name, person("member"))
		self.change_class(class_teacher=person("class_teacher2"))
		self.assertEqual(self.holder("Class Teacher"), person("member"))

	def test_teacher_of_concern_is_passed_over(self):
		from crisis_intervention.tests.factories import make_risk_assessment, name_of_concern

		assessment = make_risk_assessment(student=self.student.name)
		case = frappe.get_doc("Student Case", assessment.student_case)
		name_of_concern(case, person("class_teacher2"))
		self.change_class(class_teacher=person("class_teacher2"))
		self.assertNotEqual(self.holder("Class Teacher"), person("class_teacher2"))

	def test_duties_follow_a_student_into_another_class(self):
		other = make_school_class(
			class_teacher=person("class_teacher2"), psychology_teacher=person("psychologist2")
		)
		student = frappe.get_doc("Student Profile", self.student.name)
		student.school_class = other.name
		student.save()
		duty = self.duty(self.rules["Class Teacher"])
		self.assertEqual((duty.responsible, duty.school_class), (person("class_teacher2"), other.name))
		self.assertEqual(self.holder("Psychology Teacher"), person("psychologist2"))

	def test_new_monitor_takes_over(self):
		self.rules["Class Monitor"] = self.make_rule("Class Monitor")
		self.change_class(monitors=[{"user": person("monitor"), "from_date": "2026-01-01"}])
		self.student.reload()
		self.red_report()
		self.assertEqual(self.holder("Class Monitor"), person("monitor"))
		self.change_class(
			monitors=[{"user": person("monitor"), "from_date": "2026-01-01", "to_date": "2026-01-02"}]
		)
		self.assertNotEqual(self.holder("Class Monitor"), person("monitor"))
