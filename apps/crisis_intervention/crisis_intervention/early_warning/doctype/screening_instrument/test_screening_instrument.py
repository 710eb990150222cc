import frappe

from crisis_intervention.early_warning.screening.instruments import Instrument, Part
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_screening import (
	make_free_instrument,
	make_screening_campaign,
	make_screening_instrument,
)
from crisis_intervention.tests.utils import CrisisTestCase

ITEM = {"code": "Q1", "kind": "Item", "maximum": 3}


class TestScreeningInstrument(CrisisTestCase):
	def test_protected_questionnaires_keep_no_items(self):
		self.assert_refused(lambda: make_screening_instrument(parts=[ITEM]))
		self.assertTrue(make_free_instrument(parts=[ITEM]).name)

	def test_free_items_need_a_ground(self):
		self.assert_refused(lambda: make_free_instrument(licence_ground=" "))

	def test_ranges_and_codes_are_checked(self):
		self.assert_refused(lambda: make_screening_instrument(score_min=50))
		part = {"code": "S1", "minimum": 5, "maximum": 1}
		self.assert_refused(lambda: make_screening_instrument(parts=[part]))
		self.assert_refused(lambda: make_screening_instrument(parts=[{"code": "S1"}, {"code": "S1"}]))

	def test_an_instrument_in_use_is_not_deleted(self):
		instrument = make_screening_instrument()
		make_screening_campaign(students=0, opened=False, instrument=instrument.name)
		self.assert_refused(lambda: frappe.delete_doc("Screening Instrument", instrument.name))

	def test_seed_stores_items_only_of_free_instruments(self):
		kept = frappe.get_all("Screening Instrument", fields=["name", "licence"])
		licences = {row.name: row.licence for row in kept}
		self.assertEqual(licences.get("PHQ9"), "Items Allowed")
		for code in ("SDQ", "MHT", "MSSMHS", "SCL90"):
			self.assertEqual(licences.get(code), "Scores Only")

	def test_class_teacher_reads_but_does_not_change_it(self):
		instrument = make_screening_instrument()
		with self.as_user(person("class_teacher")):
			stored = frappe.get_doc("Screening Instrument", instrument.name)
			stored.review_from = 1
			self.assert_refused(stored.save, frappe.PermissionError)

	def test_decisions_over_plain_values(self):
		part = Part("Q9", "第9题", "Item", 0, 3, 1)
		free = Instrument("X", True, 0, 27, 10, (part,))
		self.assertTrue(free.is_flagged(10))
		self.assertFalse(free.is_flagged(9.99))
		self.assertFalse(free.is_flagged(None))
		self.assertTrue(free.is_critical({"Q9": 1}))
		self.assertFalse(free.is_critical({"Q9": 0}))
		self.assertEqual(free.problems(27, {"Q9": 3}), [])
		self.assertEqual(len(free.problems(28, {"Q9": 4, "Q8": 1})), 3)
		self.assertEqual(len(Instrument("X", False, 0, 27, 10, (part,)).problems(1, {"Q9": 1})), 1)
