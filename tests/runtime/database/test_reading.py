"""Reading of values: the same answers from SQLite and MariaDB."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import frappe
import pytest


def test_columns_come_back_as_python_values(things: Any) -> None:
	row = things.get_value(
		"Thing", "T03", ["due", "starts", "clock", "weight", "amount", "is_open"], as_dict=True
	)
	assert row == {
		"due": date(2026, 11, 4),
		"starts": datetime(2026, 11, 4, 8, 30),
		"clock": timedelta(hours=9, minutes=5),
		"weight": 3,
		"amount": 4.5,
		"is_open": 1,
	}
	assert type(row.amount) is float


def test_dates_survive_aliases_joins_and_aggregates(things: Any) -> None:
	row = things.sql(
		"""select max(a.`modified`) as latest, min(b.`due`) as first, ifnull(max(a.`starts`), now()) as begun
		from `tabThing` a join `tabThing` b on a.`name` = b.`name` where a.`weight` < %s""",
		3,
		as_dict=True,
	)[0]
	assert row.latest == datetime(2026, 11, 3, 10, 0, 0, 123456)
	assert row.first == date(2026, 11, 1)
	assert row.begun == datetime(2026, 11, 3, 8, 30)


def test_whole_seconds_equal_however_they_are_written(things: Any) -> None:
	for value in ("2026-11-04 08:30:00.000000", "2026-11-04 08:30:00", datetime(2026, 11, 4, 8, 30)):
		assert things.get_value("Thing", {"starts": value}) == "T03"
	assert things.sql("select name from `tabThing` where starts = '2026-11-04 08:30:00.000000'") == (
		("T03",),
	)


@pytest.mark.parametrize(
	("filters", "expected"),
	[
		("T05", "T05"),
		({"weight": 7}, "T07"),
		({"weight": (">", 18)}, "T19"),
		({"weight": ["between", [4, 4]]}, "T04"),
		({"title": ("like", "thing 1%"), "weight": ("<", 11)}, "T10"),
		({"name": ("in", ["T08"]), "code": ("is", "set")}, "T08"),
		([["weight", "=", 9]], "T09"),
		([["Thing", "weight", "=", 9]], "T09"),
		({"title": "THING 2"}, "T02"),
		({"weight": 1000}, None),
		({"name": ("in", [])}, None),
	],
)
def test_filters_of_get_value(things: Any, filters: Any, expected: str | None) -> None:
	assert things.get_value("Thing", filters) == expected


def test_get_value_answers_the_last_modified(things: Any) -> None:
	assert things.get_value("Thing", {"is_open": 1}) == "T19"
	assert things.get_value("Thing", {"is_open": 1}, order_by="weight asc") == "T00"
	assert things.get_value("Thing", {"is_open": 1}, order_by="weight") == "T19"


def test_several_fields_are_a_tuple_and_one_is_a_value(things: Any) -> None:
	assert things.get_value("Thing", "T01", "title") == "Thing 1"
	assert things.get_value("Thing", "T01", ["title", "weight"]) == ("Thing 1", 1)
	assert things.get_value("Thing", "T01", "weight as w", as_dict=True) == {"w": 1}
	assert things.get_value("Thing", "missing", ["title", "weight"]) is None
	assert things.get_value("Thing", "T01", "*", as_dict=True).title == "Thing 1"


def test_get_values(things: Any) -> None:
	rows = things.get_values(
		"Thing", {"weight": ("<", 2)}, ["name", "weight"], as_dict=True, order_by="name asc"
	)
	assert rows == [{"name": "T00", "weight": 0}, {"name": "T01", "weight": 1}]
	assert things.get_values("Thing", {"weight": ("<", 2)}, pluck=True, order_by="name asc") == ["T00", "T01"]
	assert things.get_values("Thing", {"weight": ("<", 3)}, "kind", distinct=True, order_by=None) == (("A",),)


def test_null_and_empty_values(things: Any) -> None:
	things.sql("update `tabThing` set notes = '' where weight = 1")
	things.sql("update `tabThing` set notes = 'x' where weight = 2")
	assert things.count("Thing", {"notes": ("is", "set")}) == 1
	assert things.count("Thing", {"notes": ("is", "not set")}) == 19
	assert things.count("Thing", {"notes": None}) == 18
	assert things.count("Thing", {"notes": ("!=", None)}) == 2
	assert things.count("Thing", {"notes": ("in", ["x", None])}) == 19


def test_exists_and_count(things: Any) -> None:
	assert things.exists("Thing", "T01") == "T01"
	assert things.exists("Thing", {"weight": 3}) == "T03"
	assert things.exists({"doctype": "Thing", "weight": 3}) == "T03"
	assert things.exists("Thing", "nobody") is None
	assert things.exists("Nothing Of The Kind", "T01") is None
	assert things.exists("System Settings", "System Settings") == "System Settings"
	assert things.count("Thing") == 20
	assert things.count("Thing", {"weight": (">=", 15)}) == 5


def test_shapes_of_sql(things: Any) -> None:
	query = "select name, weight from `tabThing` where name in %(names)s order by name"
	values = {"names": ["T01", "T02"]}
	assert things.sql(query, values) == (("T01", 1), ("T02", 2))
	assert things.sql(query, values, as_list=True) == [["T01", 1], ["T02", 2]]
	assert things.sql(query, values, as_dict=True, update={"x": 1})[0] == {"name": "T01", "weight": 1, "x": 1}
	assert things.sql(query, values, pluck=True) == ["T01", "T02"]
	assert things.sql(query, run=False) == query
	assert things.sql_list("select name from `tabThing` where weight = %s", 4) == ["T04"]
	assert things.sql(
		"select name from `tabThing` where name in %s and weight < %s", (("T01", "T09"), 5)
	) == (("T01",),)
	assert list(things.sql(query, values, as_iterator=True)) == [("T01", 1), ("T02", 2)]


def test_percent_signs_and_quotes(things: Any) -> None:
	things.set_value("Thing", "T01", "title", "it's 50% \\ done", update_modified=False)
	assert things.sql("select count(*) from `tabThing` where title like '%50\\%%'")[0][0] == 1
	assert (
		things.sql("select title from `tabThing` where title like '%%50%%' and weight = %s", 1)[0][0]
		== "it's 50% \\ done"
	)
	literal = things.escape("it's 50% \\ done", percent=False)
	assert things.sql(f"select name from `tabThing` where title = {literal}") == (("T01",),)
	literal = things.escape("it's 50% \\ done")
	assert things.sql(f"select name from `tabThing` where title = {literal} and weight = %s", 1) == (
		("T01",),
	)
	assert things.sql('select name from `tabThing` where title = "Thing 2"') == (("T02",),)


def test_a_bad_operator_is_refused(things: Any) -> None:
	with pytest.raises(frappe.ValidationError):
		things.get_value("Thing", {"weight": ("=", [1])})
	with pytest.raises(frappe.ValidationError):
		things.get_values("Thing", {"weight": ("is", "perhaps")})
	with pytest.raises(frappe.ValidationError):
		things.get_values("Thing", {}, order_by="(select 1); drop table `tabThing`")
	with pytest.raises((ValueError, frappe.ValidationError)):
		things.get_values("Thing", {"weight` = 1 or `name": 1})
	assert things.count("Thing") == 20


def test_single_values(bare_db: Any) -> None:
	bare_db.set_single_value("School", {"motto": "learn", "size": 9}, update_modified=False)
	assert bare_db.get_singles_dict("School") == {"motto": "learn", "size": "9"}
	assert bare_db.get_value("School", None, "size") == "9"
	assert bare_db.get_value("School", "School", ["size", "motto", "colour"]) == ["9", "learn", None]
	assert bare_db.get_value("School", None, ["motto"], as_dict=True) == {"motto": "learn"}
	bare_db.set_value("School", "School", "size", None, update_modified=False)
	assert bare_db.get_value("School", None, "size") is None
	assert bare_db.get_values("Nowhere", None, "size") == []


def test_missing_tables_and_columns_are_told_apart(things: Any) -> None:
	with pytest.raises(things.Error) as table:
		things.sql("select 1 from `tabNothing`")
	assert things.is_table_missing(table.value)
	assert not things.is_missing_column(table.value)
	with pytest.raises(things.Error) as column:
		things.get_value("Thing", {"weight": 1}, "nothing")
	assert things.is_missing_column(column.value)
	assert things.get_value("Thing", {"weight": 1}, "nothing", ignore=True) is None
	assert things.sql("select 1 from `tabNothing`", ignore_ddl=True) == ()
	with pytest.raises(things.Error) as syntax:
		things.sql("select from where")
	assert things.is_syntax_error(syntax.value)


def test_a_lock_is_given_in_a_transaction_that_began_to_read(things: Any) -> None:
	things.commit()
	things.begin(read_only=True)
	assert things.get_value("Thing", "T03", for_update=True) == "T03"
