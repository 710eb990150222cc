import frappe

from crisis_intervention.tests.factories import person
from crisis_intervention.tests.utils import CrisisTestCase


class TestStaffAbsence(CrisisTestCase):
	def make(self, key="psychologist", **fields):
		values = {
			"doctype": "Staff Absence",
			"user": person(key),
			"from_time": "2026-11-28 08:00:00",
			"to_time": "2026-11-29 08:00:00",
		}
		return frappe.get_doc({**values, **fields}).insert()

	def test_everybody_enters_his_own_absence(self):
		with self.as_user(person("psychologist")):
			self.assertTrue(self.make(substitute=person("psychologist2")).name)

	def test_nobody_leads_duties_away_from_others(self):
		with self.as_user(person("psychologist2")):
			self.assert_refused(lambda: self.make(substitute=person("psychologist2")))
		with self.as_user(person("office")):
			self.assertTrue(self.make().name)

	def test_own_substitute_and_reversed_hours_are_refused(self):
		self.assert_refused(lambda: self.make(substitute=person("psychologist")))
		self.assert_refused(lambda: self.make(to_time="2026-11-27 08:00:00"))
