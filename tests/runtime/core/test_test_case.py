"""The base class of apps' tests undoes what tests write."""

import unittest

import frappe
from frappe.tests import IntegrationTestCase, UnitTestCase
from frappe.tests.utils import FrappeTestCase, change_settings, timeout


class TestUndo(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.get_doc({"doctype": "Role", "role_name": "Tx Class Role"}).insert()

	def check(self):
		self.assertTrue(frappe.db.exists("Role", "Tx Class Role"))
		self.assertFalse(frappe.db.exists("Role", "Tx Test Role"))
		self.assertFalse(frappe.get_meta("ToDo").has_field("custom_tx"))
		frappe.get_doc({"doctype": "Role", "role_name": "Tx Test Role"}).insert()
		if frappe.db.db_type == "sqlite":  # MariaDB commits before it changes a table
			field = {"doctype": "Custom Field", "dt": "ToDo", "label": "Tx", "fieldtype": "Data"}
			frappe.get_doc(field).insert()

	def test_first(self):
		self.check()

	def test_second(self):
		self.check()

	def test_user_is_put_back(self):
		with self.set_user("Guest"):
			self.assertEqual(frappe.session.user, "Guest")
		self.assertEqual(frappe.session.user, "Administrator")

	def test_user_of_another_test_does_not_stay(self):
		self.assertEqual(frappe.session.user, "Administrator")
		frappe.set_user("Guest")

	def test_time_stands_still(self):
		with self.freeze_time("2026-03-01 08:00:00"):
			self.assertEqual(frappe.utils.now(), "2026-03-01 08:00:00.000000")
			self.assertEqual(frappe.utils.nowdate(), "2026-03-01")
		self.assertNotEqual(frappe.utils.nowdate(), "2026-03-01")

	def test_settings_are_put_back(self):
		before = frappe.db.get_single_value("System Settings", "backup_limit")
		with change_settings("System Settings", backup_limit=9):
			self.assertEqual(frappe.db.get_single_value("System Settings", "backup_limit"), 9)
		self.assertEqual(frappe.db.get_single_value("System Settings", "backup_limit"), before)

	def test_documents_are_compared_by_field(self):
		doc = frappe.get_doc({"doctype": "ToDo", "description": "d"}).insert()
		self.assertDocumentEqual({"description": "d", "status": "Open"}, doc)
		with self.assertRaises(AssertionError):
			self.assertDocumentEqual({"description": "other"}, doc)

	def test_statements_are_counted(self):
		with self.assertRaises(AssertionError), self.assertQueryCount(0):
			frappe.db.sql("select 1")

	@timeout(5)
	def test_a_quick_test_is_in_time(self):
		self.assertEqual(frappe.db.sql("select 1"), ((1,),))


class TestNames(unittest.TestCase):
	def test_names_of_frappe_16(self):
		self.assertIs(IntegrationTestCase, FrappeTestCase)
		self.assertTrue(issubclass(FrappeTestCase, UnitTestCase))
