import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.tests.factories import person


class TestDutyLog(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.red_report()
		self.line = frappe.get_all("Duty Log", filters={"duty": self.duty("12-ACK-R").name}, pluck="name")[0]

	def test_lines_are_never_changed_invented_or_deleted(self):
		def change():
			line = frappe.get_doc("Duty Log", self.line)
			line.step = "Waived"
			line.save()

		self.assert_refused(change)
		self.assert_refused(lambda: frappe.delete_doc("Duty Log", self.line, force=True))
		self.assert_refused(lambda: frappe.get_doc({"doctype": "Duty Log", "step": "Raised"}).insert())

	def test_auditor_reads_the_log_but_not_the_duty(self):
		auditor = person("auditor")
		with self.as_user(auditor):
			self.assertIn(self.line, frappe.get_list("Duty Log", pluck="name", limit_page_length=0))
			self.assertTrue(frappe.has_permission("Duty Log", "read", doc=self.line))
			self.assertFalse(frappe.has_permission("Duty", "read"))

	def test_others_read_the_lines_of_their_duties_only(self):
		for key, may in (("psychologist", True), ("leader", True), ("class_teacher", False)):
			with self.subTest(key=key), self.as_user(person(key)):
				listed = frappe.get_list("Duty Log", pluck="name", limit_page_length=0)
				self.assertEqual(self.line in listed, may)
				self.assertEqual(bool(frappe.has_permission("Duty Log", "read", doc=self.line)), may)
