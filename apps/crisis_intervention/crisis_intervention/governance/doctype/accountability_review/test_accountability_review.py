from datetime import timedelta

import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import person


class TestAccountabilityReview(DutyTestCase):
	def review(self, key="school_leader", **fields):
		values = {
			"doctype": "Accountability Review",
			"from_date": "2026-11-01",
			"to_date": "2026-11-30",
			"conclusion": "夜间值班表补齐替补。",
		}
		with self.as_user(person(key)):
			return frappe.get_doc({**values, **fields}).insert()

	def test_counts_come_from_the_ledger_and_close_the_monthly_duty(self):
		with self.freeze_time(SATURDAY_NIGHT):
			raise_recurring()
			duty = frappe.get_doc("Duty", {"rule": "24.7-BREACH", "state": "Open"})
			self.assertEqual(duty.responsible, person("school_leader"))
			self.red_report()
			self.tick_at(SATURDAY_NIGHT + timedelta(hours=3))
		with self.freeze_time(SATURDAY_NIGHT + timedelta(days=3)):
			review = self.review(duties=999, overdue=0)
		self.assertGreaterEqual(review.overdue, 2)
		self.assertLess(review.duties, 999)
		self.assertEqual(review.reviewed_by, person("school_leader"))
		self.assertIn(frappe.db.get_value("Duty", duty.name, "state"), ("Done", "Done Late"))
		self.assertFalse(frappe.get_all("Accountability Record"))

	def test_period_lies_behind(self):
		for fields in (
			{"from_date": nowdate(), "to_date": add_days(nowdate(), -1)},
			{"from_date": nowdate(), "to_date": add_days(nowdate(), 5)},
		):
			with self.subTest(**fields):
				self.assert_refused(lambda fields=fields: self.review(**fields))

	def test_is_for_the_line_of_command(self):
		for key in ("psychologist", "class_teacher", "administrator", "auditor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.review(key), frappe.PermissionError)
