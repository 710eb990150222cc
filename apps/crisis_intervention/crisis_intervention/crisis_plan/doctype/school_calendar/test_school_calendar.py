from datetime import date

import frappe

from crisis_intervention.crisis_plan.clocks import site
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.utils import CrisisTestCase


class TestSchoolCalendar(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(site.clear)
		self.calendar = frappe.get_doc("School Calendar", "2026-2027")

	def test_clocks_see_an_edit_at_once(self):
		day = date(2026, 12, 16)
		self.assertTrue(site.school_calendar().is_school_day(day))
		self.calendar.append("days", {"date": day, "day_type": "Holiday", "label": "校庆"})
		self.calendar.save()
		self.assertFalse(site.school_calendar().is_school_day(day))

	def test_shipped_make_up_day_counts(self):
		self.assertTrue(site.school_calendar().is_school_day(date(2026, 10, 10)))
		self.assertFalse(site.school_calendar().is_school_day(date(2026, 10, 1)))

	def test_import_adds_days_once(self):
		content = "2026-12-16,节假日,,校庆\n2026-12-19,调休,,补课\n"
		with self.as_user(person("administrator")):
			calendar = frappe.get_doc("School Calendar", self.calendar.name)
			self.assertEqual(calendar.import_days(content), 2)
			calendar.reload()
			self.assertEqual(calendar.import_days(content), 0)
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: frappe.get_doc("School Calendar", "2026-2027").import_days(content))

	def test_import_names_every_bad_row_and_adds_none(self):
		contents = (
			"date,type\n2026-12-16,节假日\n16.12.2026,节假日\n2026-12-17,生日\n2026-12-19,调休,2026-12-01\n",
			'[{"date": "2026-12-16", "type": "holiday"}, {"date": "x", "type": "holiday"}, {"date":'
			' "2026-12-17"}, {"date": "2026-12-19", "type": "vacation", "to_date": "2026-12-01"}, 7]',
		)
		before = len(self.calendar.days)
		for content in contents:
			with self.subTest(content=content), self.assertRaises(frappe.ValidationError) as caught:
				self.calendar.import_days(content)
			lines = str(caught.exception).split("<br>")
			self.assertEqual([line.split()[1][0] for line in lines][:3], ["2", "3", "4"])
		self.assert_refused(lambda: self.calendar.import_days("[{"))
		self.assertEqual(len(frappe.get_doc("School Calendar", self.calendar.name).days), before)

	def test_reversed_range_is_refused_and_the_calendar_in_use_is_kept(self):
		self.calendar.append("days", {"date": "2026-12-16", "to_date": "2026-12-01", "day_type": "Holiday"})
		self.assert_refused(self.calendar.save)
		self.assert_refused(lambda: frappe.delete_doc("School Calendar", "2026-2027"))
