import frappe
from frappe import _

from crisis_intervention.crisis_plan.people.on_call import on_call_functions
from crisis_intervention.crisis_plan.selfcheck.people import check_people
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

	def test_next_week_is_covered_when_no_function_has_a_gap(self):
		with self.freeze_time("2026-11-25 10:00:00.100000"):
			needed = sorted(on_call_functions())
			self.assertIn("School Doctor", needed)
			frappe.db.delete("On-call Roster")
			for function in needed:
				values = {"doctype": "On-call Roster", "function": function, "user": person("doctor")}
				slot = frappe.get_doc(
					{**values, "from_time": "2026-11-30 00:00:00", "to_time": "2026-12-07 00:00:00"}
				).insert()
				self.assertEqual(slot.next_week_covered, int(function == needed[-1]))
			slot.from_time = "2026-11-30 08:00:00"
			slot.save()
			self.assertEqual(slot.next_week_covered, 0)
			self.assertEqual(list(slot.gaps_of_next_week()), [needed[-1]])

	def test_gap_of_a_function_without_any_slot_is_found(self):
		frappe.db.delete("On-call Roster")
		now = frappe.utils.now_datetime()
		self.make(str(now), str(frappe.utils.add_to_date(now, hours=1)))
		found = [one for one in check_people() if one.check == _("On-call roster")]
		subjects = {one.subject for one in found}
		self.assertLessEqual({_("Team Leader"), _("School Doctor")}, subjects)
