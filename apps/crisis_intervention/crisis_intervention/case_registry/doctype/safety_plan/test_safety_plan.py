import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import make_safety_plan
from crisis_intervention.tests.utils import CrisisTestCase

COPY = "Safety Plan Student Copy"


def stored(plan):
	return frappe.get_doc("Safety Plan", plan.name)


class TestSafetyPlan(CrisisTestCase):
	def test_code_is_opaque_and_student_comes_from_the_case(self):
		case = make_student_case()
		plan = make_safety_plan(case)
		self.assertRegex(plan.name, r"^SP-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual((plan.student, plan.version, plan.status), (case.student, 1, "Current"))

	def test_national_line_stands_on_every_plan(self):
		self.assertIn("12356", make_safety_plan().professionals)
		plan = make_safety_plan(professionals="校心理室 5566")
		self.assertTrue(plan.professionals.startswith("校心理室 5566"))
		self.assertIn("12356", plan.professionals)

	def test_a_new_version_takes_the_place_of_the_former(self):
		case = make_student_case()
		first = make_safety_plan(case)
		second = make_safety_plan(case, own_coping="听音乐")
		self.assertEqual((second.version, second.replaces), (2, first.name))
		self.assertEqual(stored(first).status, "Replaced")
		current = frappe.get_all(
			"Safety Plan", {"student_case": case.name, "status": "Current"}, pluck="name"
		)
		self.assertEqual(current, [second.name])

	def test_a_replaced_version_stays_and_does_not_come_back(self):
		case = make_student_case()
		first = make_safety_plan(case)
		make_safety_plan(case)
		with self.as_user(person("psychologist")):
			doc = stored(first)
			doc.own_coping, doc.correction_reason = "改", "改"
			self.assert_refused(doc.save, frappe.ValidationError)
			doc = stored(first)
			doc.status = "Current"
			doc.save()
			self.assert_refused(lambda: stored(first).record_review(1), frappe.ValidationError)
		self.assertEqual(stored(first).status, "Replaced")

	def test_a_change_is_a_correction_with_reason(self):
		plan = make_safety_plan()
		with self.as_user(person("psychologist")):
			doc = stored(plan)
			doc.own_coping = "听音乐"
			self.assert_refused(doc.save, frappe.ValidationError)
			doc = stored(plan)
			doc.own_coping, doc.correction_reason = "听音乐", "学生补充"
			doc.save()
		self.assertEqual(stored(plan).corrections[-1].old_value, "去操场慢跑")

	def test_reviews_are_added_with_person_and_time(self):
		plan = make_safety_plan()
		with self.as_user(person("psychologist")):
			stored(plan).record_review(1, "仍适用", add_days(nowdate(), 14))
			doc = stored(plan)
			doc.reviews[0].note = "改"
			doc.save()
			doc.set("reviews", [])
			self.assert_refused(doc.save, frappe.ValidationError)
		row = stored(plan).reviews[0]
		self.assertEqual((row.note, row.reviewed_by), ("仍适用", person("psychologist")))

	def test_no_person_of_concern_among_the_people_to_ask(self):
		case = make_student_case()
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Student Case", case.name)
			doc.append(
				"persons_of_concern", {"person_name": "李继父", "relation": "Parent", "reason": "涉嫌伤害"}
			)
			doc.save()
		self.assert_refused(lambda: make_safety_plan(case, people_to_ask="李 继父"), frappe.ValidationError)

	def test_stamps_the_fifth_early(self):
		case = make_student_case()
		plan = make_safety_plan(case)
		stamped = frappe.db.get_value("Student Case", case.name, "intervened_at")
		self.assertEqual(stamped, plan.made_at)

	def test_who_reads_and_who_writes(self):
		plan = make_safety_plan()
		expected = {
			"psychologist": (True, True),
			"leader": (True, True),
			"class_teacher": (True, False),
			"psychologist2": (False, False),
			"class_teacher2": (False, False),
			"subject_teacher": (False, False),
			"administrator": (False, False),
		}
		for key, answer in expected.items():
			with self.subTest(key=key):
				found = tuple(
					bool(frappe.has_permission("Safety Plan", ptype, plan.name, user=person(key)))
					for ptype in ("read", "write")
				)
				self.assertEqual(found, answer)

	def test_person_of_concern_neither_reads_nor_writes_one(self):
		case = make_student_case()
		plan = make_safety_plan(case)
		name_of_concern(case, person("psychologist"))
		with self.as_user(person("psychologist")):
			self.assertFalse(frappe.has_permission("Safety Plan", "read", plan.name))
		self.assert_refused(lambda: make_safety_plan(case), frappe.PermissionError)

	def test_copy_of_the_student_names_nobody(self):
		case = make_student_case(level="L2")
		plan = make_safety_plan(case)
		with self.as_user(person("psychologist")):
			printed = frappe.get_print("Safety Plan", plan.name, print_format=COPY)
		self.assertIn("去操场慢跑", printed)
		self.assertIn("12356", printed)
		name = frappe.db.get_value("Student Profile", case.student, "student_name")
		level = frappe.db.get_value("Risk Level", "L2", "label")
		for secret in (name, level, case.name):
			self.assertNotIn(secret, printed)

	def test_copy_is_noted_once(self):
		plan = make_safety_plan()
		with self.as_user(person("psychologist")):
			first = stored(plan).give_copy()
			self.assertEqual(stored(plan).give_copy(), first)
		with self.as_user(person("class_teacher")):
			self.assert_refused(lambda: stored(plan).give_copy(), frappe.PermissionError)

	def test_is_never_deleted(self):
		plan = make_safety_plan()
		self.assert_refused(lambda: frappe.delete_doc("Safety Plan", plan.name, force=True))
