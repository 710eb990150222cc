import frappe

from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_registry import make_measure_type
from crisis_intervention.tests.utils import CrisisTestCase

PHASES = ("Before Crisis", "During Crisis", "After Crisis")
KINDS = ("Support", "Blocking", "Monitoring", "Counselling", "Rescue")


class TestMeasureType(CrisisTestCase):
	def test_seed_covers_each_phase_and_each_kind(self):
		rows = frappe.get_all("Measure Type", filters={"enabled": 1}, fields=["phase", "kind"])
		self.assertGreaterEqual(len(rows), 18)
		self.assertEqual({row.phase for row in rows}, set(PHASES))
		self.assertEqual({row.kind for row in rows}, set(KINDS))

	def test_treatment_is_a_referral(self):
		self.assert_refused(lambda: make_measure_type(label="认知行为治疗"), frappe.ValidationError)
		self.assert_refused(lambda: make_measure_type(label_en="Group therapy"), frappe.ValidationError)
		self.assertEqual(make_measure_type(label="认知行为治疗", by_referral=1).by_referral, 1)

	def test_a_measure_that_levels_require_is_not_deleted(self):
		self.assert_refused(lambda: frappe.delete_doc("Measure Type", "M208"))

	def test_administrator_adds_a_measure_and_a_teacher_does_not(self):
		for key, allowed in (("administrator", True), ("class_teacher", False)):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(bool(frappe.has_permission("Measure Type", "create")), allowed)
				self.assertTrue(frappe.has_permission("Measure Type", "read"))
