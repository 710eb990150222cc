import frappe

from crisis_intervention.tests.factories import make_warning_report, make_warning_signal, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestWarningSignal(CrisisTestCase):
	def test_administrator_adds_one_without_code(self):
		with self.as_user(person("administrator")):
			doc = frappe.get_doc(
				{"doctype": "Warning Signal", "code": "X9", "label": "新增", "family": "Farewell Behaviour"}
			).insert()
		self.assertEqual(doc.name, "X9")

	def test_teacher_adds_none(self):
		with self.as_user(person("subject_teacher")):
			doc = frappe.get_doc(
				{"doctype": "Warning Signal", "code": "X8", "label": "新增", "family": "Farewell Behaviour"}
			)
			self.assert_refused(doc.insert, frappe.PermissionError)

	def test_used_one_is_not_deleted(self):
		used, unused = make_warning_signal(), make_warning_signal()
		make_warning_report(signals=(used.name,))
		self.assert_refused(lambda: frappe.delete_doc("Warning Signal", used.name))
		frappe.delete_doc("Warning Signal", unused.name)
		self.assertFalse(frappe.db.exists("Warning Signal", unused.name))
