import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_governance import make_access_grant, make_emergency_access


class TestAccessAudit(DutyTestCase):
	def audit(self, key):
		with self.as_user(person(key)):
			return frappe.get_doc(
				{
					"doctype": "Access Audit",
					"from_date": add_days(nowdate(), -365),
					"to_date": nowdate(),
					"conclusion": "查阅均有理由，紧急查阅已复核。",
					"readings": 12345,
				}
			).insert()

	def test_counts_come_from_the_logs(self):
		before = self.audit("auditor")
		frappe.get_doc({"doctype": "Case Read Log", "user": "Administrator", "read_at": nowdate()}).insert()
		make_access_grant()
		make_emergency_access()
		after = self.audit("auditor")
		found = [
			after.get(field) - before.get(field)
			for field in ("readings", "administrator_readings", "grants", "emergencies")
		]
		self.assertEqual(found, [1, 1, 2, 1])

	def test_closes_the_yearly_duty(self):
		raise_recurring()
		duty = frappe.get_doc("Duty", {"rule": "24.6-ACCESS", "state": "Open"})
		self.audit("school_leader")
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")

	def test_others_do_not_audit(self):
		for key in ("leader", "psychologist", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.audit(key), frappe.PermissionError)
