import datetime

import frappe
import pytest
from frappe.model.naming_series import (
	InvalidNamingSeriesError,
	NamingSeries,
	determine_consecutive_week_number,
	getseries,
	parse_naming_series,
	revert_series_if_last,
)


def test_parts_of_a_series(db):
	now = frappe.utils.now_datetime()
	doc = frappe._dict(kind="K", day=datetime.date(2024, 2, 29), empty=None)
	parts = {
		"YYYY": now.strftime("%Y"),
		"YY": now.strftime("%y"),
		"MM": now.strftime("%m"),
		"DD": now.strftime("%d"),
		"kind": "K",
		"{kind}": "K",
		"day": "2024-02-29",
		"empty": "",
		"text": "text",
	}
	for part, expected in parts.items():
		assert parse_naming_series([part], doc=doc) == expected, part


def test_only_the_first_hashes_count(db):
	assert parse_naming_series("TS-.###.-.##") == "TS-001-"


def test_counters_belong_to_the_text_before_them(db):
	assert [getseries("ts-a-", 3), getseries("ts-a-", 3), getseries("ts-b-", 2)] == ["001", "002", "01"]
	assert getseries("ts-a-", 1) == "3"


def test_preview_and_counter(db):
	series = NamingSeries("PV-.####")
	assert series.get_prefix() == "PV-"
	assert series.get_preview() == ["PV-0001", "PV-0002", "PV-0003"]
	series.update_counter(41)
	assert series.get_current_value() == 41
	assert series.generate_next_name(None) == "PV-0042"


@pytest.mark.parametrize("series", ["A*.##", "A'.##", "A<.##"])
def test_forms_that_are_refused(db, series):
	with pytest.raises(InvalidNamingSeriesError):
		NamingSeries(series).generate_next_name(None)


def test_a_number_is_given_back_only_if_it_is_the_last(db):
	for _ in range(2):
		getseries("rv-", 3)
	revert_series_if_last("rv-.###", "rv-001")
	assert NamingSeries("rv-.###").get_current_value() == 2
	revert_series_if_last("rv-.###", "rv-002")
	assert NamingSeries("rv-.###").get_current_value() == 1


@pytest.mark.parametrize(
	("day", "week"), [((2021, 1, 1), "00"), ((2019, 12, 31), "53"), ((2024, 2, 29), "09")]
)
def test_weeks_count_within_their_year(day, week):
	assert determine_consecutive_week_number(datetime.datetime(*day)) == week
