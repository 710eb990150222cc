import frappe

from crisis_intervention.tests.factories import person
from crisis_intervention.tests.utils import CrisisTestCase


class TestOncallRoster(CrisisTestCase):
	def make(self, first="2026-11-28 18:00:00", last="2026-11-29 08:00:00"):
		values = {"doctype": "On-call Roster", "function": "School Doctor", "user": person("doctor")}
		return frappe.get_doc({**values, "from_time": first, "to_time": last}).insert()

	def test_office_keeps_the_roster(self):
		with self.as_user(person("office")):
			self.assertTrue(self.make().name)

	def test_slot_runs_forward(self):
		self.assert_refused(lambda: self.make(last="2026-11-28 17:00:00"))

	def test_disabled_account_is_not_reachable(self):
		frappe.db.set_value("User", person("doctor"), "enabled", 0)
		self.assert_refused(self.make)

	def test_others_read_only(self):
		with self.as_user(person("psychologist")):
			self.assert_refused(self.make)
