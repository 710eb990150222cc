import frappe

from crisis_intervention.tests.factories import make_concern_category, make_warning_report, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestConcernCategory(CrisisTestCase):
	def test_administrator_adds_one_without_code(self):
		with self.as_user(person("administrator")):
			doc = frappe.get_doc(
				{"doctype": "Concern Category", "code": "X9", "label": "新增", "family": "Farewell Behaviour"}
			).insert()
		self.assertEqual(doc.name, "X9")

	def test_teacher_adds_none(self):
		with self.as_user(person("subject_teacher")):
			doc = frappe.get_doc(
				{"doctype": "Concern Category", "code": "X8", "label": "新增", "family": "Farewell Behaviour"}
			)
			self.assert_refused(doc.insert, frappe.PermissionError)

	def test_used_one_is_not_deleted(self):
		used, unused = make_concern_category(), make_concern_category()
		make_warning_report(categories=[{"category": used.name}])
		self.assert_refused(lambda: frappe.delete_doc("Concern Category", used.name))
		frappe.delete_doc("Concern Category", unused.name)
		self.assertFalse(frappe.db.exists("Concern Category", unused.name))
