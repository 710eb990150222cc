import frappe
import pytest
from frappe.model import data_fieldtypes, display_fieldtypes, table_fields
from frappe.model.fieldtypes import FILES, get_fieldtype, registry


def test_every_field_type_has_its_file():
	known = set(registry())
	assert set(data_fieldtypes) <= known
	assert set(display_fieldtypes) <= known
	assert set(table_fields) <= known
	assert len(known) == len(FILES)


def test_only_values_have_columns():
	for name, fieldtype in registry().items():
		assert fieldtype.has_column == (name in data_fieldtypes), name


@pytest.mark.parametrize(
	("fieldtype", "given", "stored"),
	[
		("Int", "42", 42),
		("Int", "abc", 0),
		("Int", None, 0),
		("Float", "3.5", 3.5),
		("Float", "x1", 0.0),
		("Currency", "1,234.50", 1234.5),
		("Check", "yes", 0),
		("Check", "1", 1),
		("Check", True, 1),
		("Date", "", None),
		("JSON", {"b": 1, "a": 2}, '{\n    "a": 2,\n    "b": 1\n}'),
		("JSON", "text", "text"),
	],
)
def test_casts(fieldtype, given, stored):
	assert get_fieldtype(fieldtype).cast(given) == stored


@pytest.mark.parametrize(
	("fieldtype", "given", "stored"),
	[
		("Date", "2024-02-29", "2024-02-29"),
		("Date", "2024-02-29 10:00:00", "2024-02-29"),
		("Datetime", "2024-02-29T10:00:00", "2024-02-29 10:00:00"),
		("Datetime", "2024-02-29", "2024-02-29 00:00:00"),
		("Time", "9:08:07", "09:08:07"),
		("Time", "23:59", "23:59:00"),
	],
)
def test_dates_and_times_are_stored_in_one_form(db, fieldtype, given, stored):
	assert get_fieldtype(fieldtype).check(frappe._dict(label="Tx When"), given) == stored


@pytest.mark.parametrize(
	("fieldtype", "given"),
	[
		("Date", "2024-13-45"),
		("Date", "soon"),
		("Datetime", "yesterday-ish"),
		("Time", "25 o'clock"),
	],
)
def test_what_is_no_date_or_time_is_refused(db, fieldtype, given):
	with pytest.raises(frappe.ValidationError, match="Tx When"):
		get_fieldtype(fieldtype).check(frappe._dict(label="Tx When"), given)


def test_an_unknown_type_behaves_like_short_text():
	assert get_fieldtype("Nonsense").varchar == 140
