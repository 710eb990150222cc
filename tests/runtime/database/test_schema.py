"""Schema sync: columns and indexes come, types widen, nothing is dropped."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.database.schema import InvalidColumnName, get_definition

from .conftest import meta_of


def _column(db: Any, name: str) -> Any:
	return next(column for column in db.get_table_columns_description("tabThing") if column.name == name)


def test_a_new_table_has_frappes_standard_columns(bare_db: Any) -> None:
	columns = bare_db.get_table_columns("Thing")
	assert columns[:7] == ["name", "creation", "modified", "modified_by", "owner", "docstatus", "idx"]
	assert {"_user_tags", "_comments", "_assign", "_liked_by"} < set(columns)
	assert "parent" not in columns
	assert bare_db.has_index("tabThing", "modified")
	assert bare_db.get_column_index("tabThing", "code", unique=True)
	assert bare_db.get_column_index("tabThing", "weight")
	assert not bare_db.get_column_index("tabThing", "weight", unique=True)


def test_a_child_table_knows_its_parent(bare_db: Any) -> None:
	bare_db.updatedb("Thing Part", meta_of(istable=1))
	columns = bare_db.get_table_columns("Thing Part")
	assert {"parent", "parentfield", "parenttype"} < set(columns)
	assert "_assign" not in columns
	assert bare_db.has_index("tabThing Part", "parent")


def test_single_and_virtual_doctypes_have_no_table(bare_db: Any) -> None:
	bare_db.updatedb("School", meta_of(issingle=1))
	bare_db.updatedb("Cloud", meta_of(is_virtual=1))
	assert not bare_db.table_exists("School")
	assert not bare_db.table_exists("Cloud")
	assert bare_db.table_exists("Thing")


def test_numbers_are_never_null(things: Any) -> None:
	things.sql("insert into `tabThing` (name) values ('bare')")
	assert things.get_value("Thing", "bare", ["weight", "amount", "is_open", "kind"]) == (0, 0.0, 1, "A")


def test_an_added_column_gives_its_default_to_existing_rows(things: Any) -> None:
	extra = [
		{"fieldname": "grade", "fieldtype": "Data", "default": "seven"},
		{"fieldname": "points", "fieldtype": "Float", "default": "2.5"},
		{"fieldname": "seen", "fieldtype": "Date", "default": "Today"},
	]
	things.updatedb("Thing", meta_of(*extra))
	assert things.has_column("Thing", "grade")
	assert things.get_value("Thing", "T01", ["grade", "points", "seen"]) == ("seven", 2.5, None)
	assert things.count("Thing") == 20


def test_a_column_whose_field_is_gone_stays_with_its_data(things: Any) -> None:
	meta = meta_of()
	meta.fields = [field for field in meta.fields if field.fieldname != "title"]
	things.updatedb("Thing", meta)
	assert things.get_value("Thing", "T01", "title") == "Thing 1"


def _with(fieldname: str, **values: Any) -> Any:
	meta = meta_of()
	next(field for field in meta.fields if field.fieldname == fieldname).update(values)
	return meta


def test_types_widen_and_keep_data(things: Any) -> None:
	meta = _with("title", fieldtype="Long Text")
	next(field for field in meta.fields if field.fieldname == "weight").fieldtype = "Float"
	things.updatedb("Thing", meta)
	assert things.get_value("Thing", "T03", ["title", "weight"]) == ("Thing 3", 3.0)
	assert type(things.get_value("Thing", "T03", "weight")) is float
	assert things.get_column_index("tabThing", "weight")
	things.set_value("Thing", "T03", "title", "x" * 100_000, update_modified=False)
	things.commit()
	things.updatedb("Thing", _with("title", fieldtype="Data"))
	assert len(things.get_value("Thing", "T03", "title")) == 100_000


def test_text_becomes_a_date(things: Any) -> None:
	from datetime import date

	things.updatedb("Thing", meta_of({"fieldname": "day", "fieldtype": "Data"}))
	things.set_value("Thing", "T03", "day", "2026-01-05", update_modified=False)
	things.set_value("Thing", "T04", "day", "", update_modified=False)
	things.commit()
	things.updatedb("Thing", meta_of({"fieldname": "day", "fieldtype": "Date"}))
	assert things.get_value("Thing", "T03", "day") == date(2026, 1, 5)
	assert things.get_value("Thing", "T04", "day") is None


def test_changed_defaults_indexes_and_uniqueness(things: Any) -> None:
	things.updatedb("Thing", _with("kind", default="B"))
	things.sql("insert into `tabThing` (name) values ('bare')")
	things.commit()
	assert things.get_value("Thing", "bare", "kind") == "B"
	things.updatedb("Thing", _with("weight", search_index=0))
	assert not things.get_column_index("tabThing", "weight")
	things.updatedb("Thing", _with("code", unique=0))
	things.sql("insert into `tabThing` (name, code) values ('again', 'C1')")
	assert things.count("Thing", {"code": "C1"}) == 2


def test_syncing_twice_changes_nothing(things: Any) -> None:
	things.updatedb("Thing", meta_of())
	before = things.get_table_columns_description("tabThing")
	things.transaction_writes = 0
	things.updatedb("Thing", meta_of())
	assert things.get_table_columns_description("tabThing") == before
	assert things.transaction_writes == 0


def test_indexes_by_hand(things: Any) -> None:
	things.add_index("Thing", ["due", "weight"])
	things.add_index("Thing", ["due", "weight"])
	assert things.has_index("tabThing", "due_weight_index")
	things.add_unique("Thing", ["title", "due"])
	things.add_index("Thing", ["notes(100)"], "by_notes")
	things.commit()
	with pytest.raises(things.Error) as error:
		things.sql("insert into `tabThing` (name, title, due) values ('x', 'Thing 1', '2026-11-02')")
	assert things.is_unique_key_violation(error.value)


def test_names_by_autoincrement(bare_db: Any) -> None:
	bare_db.updatedb("Entry", meta_of(autoname="autoincrement"))
	number = bare_db.get_next_sequence_val("Entry")
	bare_db.sql("insert into `tabEntry` (name, title) values (%s, 'a')", (number,))
	assert bare_db.get_value("Entry", {"title": "a"}, "name") == 1


def test_rename_and_drop_a_table(things: Any) -> None:
	things.rename_table("Thing", "Object")
	assert things.table_exists("Object")
	assert not things.table_exists("Thing", cached=False)
	assert things.count("Object") == 20
	things.rename_column("Object", "title", "label")
	assert things.get_value("Object", "T01", "label") == "Thing 1"
	things.drop_table("Object")
	assert not things.table_exists("Object", cached=False)


def test_truncate(things: Any) -> None:
	things.truncate("Thing")
	assert things.count("Thing") == 0


@pytest.mark.parametrize("fieldname", ["a b", "a-b", "a`b", "drop;table"])
def test_names_of_columns_are_checked(bare_db: Any, fieldname: str) -> None:
	with pytest.raises(InvalidColumnName):
		bare_db.updatedb("Thing", meta_of({"fieldname": fieldname, "fieldtype": "Data"}))


def test_definitions() -> None:
	assert get_definition("Data") == "varchar(140)"
	assert get_definition("Data", length=20) == "varchar(20)"
	assert get_definition("Int", length=12) == "bigint"
	assert get_definition("Currency") == "decimal(21,9)"
	assert get_definition("Section Break") is None


def test_columns_of_a_missing_table(bare_db: Any) -> None:
	with pytest.raises(bare_db.TableMissingError):
		bare_db.get_table_columns("Nothing")
	assert bare_db.get_db_table_columns("tabNothing") == []
	assert frappe.db.get_column_type("Thing", "nothing") is None
	assert frappe.db.get_column_type("Thing", "title").startswith("varchar(140)")
