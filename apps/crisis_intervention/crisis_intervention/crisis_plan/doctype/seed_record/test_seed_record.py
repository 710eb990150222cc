from unittest.mock import patch

import frappe

from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.seed import guard, loader
from crisis_intervention.tests.utils import CrisisTestCase

ROW = {
	"doctype": "Crisis Mail Template",
	"name": "SEED-TEST",
	"template_code": "SEED-TEST",
	"occasion": "Raised",
	"enabled": 0,
	"source": "Default",
	"subject_zh": "{code}",
	"body_zh": "{code}",
	"subject_en": "{code}",
	"body_en": "{code}",
}


class TestSeed(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)

	def sync(self, **changes):
		with patch.object(loader, "seed_rows", lambda: iter([{**ROW, **changes}])):
			return loader.sync()

	def stored(self, field="subject_zh"):
		return frappe.db.get_value(ROW["doctype"], ROW["name"], field)

	def test_untouched_row_follows_the_app(self):
		self.assertEqual(self.sync()["inserted"], 1)
		self.assertEqual(self.sync()["kept"], 1)
		self.assertEqual(self.sync(subject_zh="{kind} {code}")["updated"], 1)
		self.assertEqual(self.stored(), "{kind} {code}")

	def test_row_changed_by_an_admin_stays(self):
		self.sync()
		template = frappe.get_doc(ROW["doctype"], ROW["name"])
		template.subject_zh = "【一中】{code}"
		template.save()
		self.assertEqual(self.sync(subject_zh="{kind}")["kept"], 1)
		self.assertEqual(self.stored(), "【一中】{code}")

	def test_row_deleted_by_an_admin_stays_deleted(self):
		self.sync()
		frappe.delete_doc(ROW["doctype"], ROW["name"])
		self.sync(subject_zh="{kind}")
		self.assertIsNone(self.stored())

	def test_record_made_by_an_admin_before_is_his(self):
		frappe.get_doc({**ROW, "subject_zh": "{count}"}).insert()
		self.sync()
		self.assertEqual(self.stored(), "{count}")

	def test_shipped_seed_is_complete_and_migrates_without_change(self):
		self.assertEqual(loader.sync()["inserted"], 0)

	def test_foreign_names_stop_the_install(self):
		guard.refuse_foreign_names()
		frappe.db.set_value("Module Def", "Governance", "app_name", "other_app")
		with self.assertRaisesRegex(frappe.ValidationError, "other_app"):
			guard.refuse_foreign_names()
