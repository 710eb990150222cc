import datetime

import frappe
import pytest
from frappe.model.db_query.dates import as_datetime, between_bounds, get_between_date_filter, get_date_range


def test_days_become_whole_days_of_datetimes(db):
	days = ["2024-01-01", "2024-01-31"]
	assert between_bounds(days, is_datetime=False) == ("2024-01-01", "2024-01-31")
	assert between_bounds(days, is_datetime=True) == (
		"2024-01-01 00:00:00.000000",
		"2024-01-31 23:59:59.999999",
	)
	moments = [datetime.datetime(2024, 1, 1, 8), "2024-01-31 09:00:00"]
	assert between_bounds(moments, is_datetime=True)[1] == "2024-01-31 09:00:00.000000"


def test_what_is_missing_is_today(db):
	assert between_bounds(None, is_datetime=False) == (frappe.utils.nowdate(),) * 2


@pytest.mark.parametrize("value", ["no day", "2024-13-45"])
def test_what_is_no_date_is_refused(db, value):
	with pytest.raises(frappe.ValidationError):
		as_datetime(value)
	with pytest.raises(frappe.ValidationError):
		between_bounds([value], is_datetime=False)


def test_spans(db):
	assert get_date_range("timespan", "today")[0] is not None
	assert get_date_range("previous", "1 week")[0] < get_date_range("next", "1 week")[0]
	with pytest.raises(frappe.ValidationError):
		get_date_range("previous", "5 fortnights")


def test_as_sql(db):
	df = frappe._dict(fieldtype="Date")
	assert get_between_date_filter(["2024-01-01", "2024-01-02"], df) == "'2024-01-01' AND '2024-01-02'"
