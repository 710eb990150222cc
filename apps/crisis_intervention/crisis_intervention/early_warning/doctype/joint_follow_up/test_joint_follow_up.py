import frappe
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_screening import make_screening_result, review
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Joint Follow Up"


class TestJointFollowUp(CrisisTestCase):
	def setUp(self):
		super().setUp()
		result = make_screening_result(score=30)
		review(result, "Follow Up Together")
		self.name = frappe.db.get_value(KIND, {"screening_result": result.name})

	def stored(self):
		return frappe.get_doc(KIND, self.name)

	def test_class_teacher_is_asked_and_the_talk_closes_the_duty(self):
		duty = {"rule": "11-FOLLOW", "reference_name": self.name}
		self.assertEqual(
			frappe.db.get_value("Duty", duty, ["responsible", "state"]), (person("class_teacher"), "Open")
		)
		with self.as_user(person("class_teacher")):
			doc = self.stored()
			doc.talked_at = now_datetime()
			doc.save()
			self.assertEqual(doc.state, "Talked")
			doc.note = "约定每周一碰头"
			doc.save()
		self.assertEqual(self.stored().state, "Done")
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Done")

	def test_class_teacher_sees_neither_result_nor_score(self):
		with self.as_user(person("class_teacher")):
			doc = self.stored()
			doc.apply_fieldlevel_read_permissions()
			self.assertIsNone(doc.get("screening_result"))
			self.assertTrue(doc.student)

	def test_only_the_psychology_teacher_writes_what_is_done(self):
		with self.as_user(person("class_teacher")):
			doc = self.stored()
			doc.what = "每天谈话"
			self.assert_refused(doc.save, frappe.PermissionError)
		with self.as_user(person("psychologist")):
			doc = self.stored()
			doc.what = "座位靠前，留意课间"
			doc.save()
		self.assertEqual(self.stored().what, "座位靠前，留意课间")

	def test_talk_in_the_future_is_refused(self):
		with self.as_user(person("class_teacher")):
			doc = self.stored()
			doc.talked_at = add_to_date(now_datetime(), hours=2)
			self.assert_refused(doc.save)

	def test_who_reads_it(self):
		readers = {"psychologist", "leader", "member", "office", "class_teacher"}
		for key in (*readers, "psychologist2", "class_teacher2", "subject_teacher", "monitor", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", self.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)
