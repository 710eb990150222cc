import unittest

from crisis_intervention.crisis_plan.clocks.importing import (
	NO_DATE,
	NO_TYPE,
	REVERSED,
	UnreadableRows,
	rows_from,
)


class TestCalendarImport(unittest.TestCase):
	def test_csv_with_head_line_and_chinese_types(self):
		rows = rows_from("日期,类型,至,名称\n2026-10-01,节假日,2026-10-07,国庆节\n2026-10-10,调休,,补班\n")
		self.assertEqual([row["day_type"] for row in rows], ["Holiday", "Make-up Workday"])
		self.assertEqual(rows[0]["to_date"], "2026-10-07")

	def test_json(self):
		rows = rows_from(
			'[{"date": "2027-01-23", "type": "Vacation", "to_date": "2027-02-21", "label": "寒假"}]'
		)
		self.assertEqual(rows[0]["label"], "寒假")

	def test_names_every_bad_row(self):
		with self.assertRaises(UnreadableRows) as caught:
			rows_from(
				"16.10.2026,holiday\n2026-10-01,holiday\n2026-10-02,party\n2026-10-09,vacation,2026-10-08\n"
			)
		self.assertEqual(caught.exception.faults, [(1, NO_DATE), (3, NO_TYPE), (4, REVERSED)])

	def test_dates_as_spreadsheets_and_notices_write_them(self):
		rows = rows_from("2026/10/1,holiday,2026年10月7日\n2026.10.10,补班")
		self.assertEqual([row["date"] for row in rows], ["2026-10-01", "2026-10-10"])
		self.assertEqual(rows[0]["to_date"], "2026-10-07")
