"""MariaDB commits what a transaction did before it changes a table.

There, tests that make DocTypes or custom fields leave them behind. They are removed after each test, as
SQLite's rollback does by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest

KINDS = (
	"DocType",
	"Custom Field",
	"Property Setter",
	"Role",
	"Naming Series",
	"Client Script",
	"Server Script",
)
CHILDREN = ("DocField", "DocPerm", "DocType Link", "DocType Action", "DocType State")


@pytest.fixture(autouse=True)
def _remove_what_table_changes_committed(request: pytest.FixtureRequest) -> Iterator[None]:
	if request.config.getoption("--db-type") != "mariadb" or "db" not in request.fixturenames:
		yield
		return
	request.getfixturevalue("db")
	before = _names()
	yield
	frappe.db.rollback()
	for kind, names in _names().items():
		for name in names - before[kind]:
			_remove(kind, name)
	frappe.clear_cache()
	frappe.db.commit()


def _names() -> dict[str, set[str]]:
	tables = [kind for kind in KINDS if frappe.db.table_exists(kind)]
	return {kind: set(frappe.db.sql(f"select name from `tab{kind}`", pluck=True)) for kind in tables}


def _remove(kind: str, name: str) -> None:
	if kind == "DocType":
		for child in CHILDREN:
			frappe.db.delete(child, {"parent": name})
		frappe.db.sql("delete from `tabSingles` where doctype = %s", name)
	elif kind == "Custom Field":
		owner, column = frappe.db.get_value(kind, name, ["dt", "fieldname"])
		frappe.db.delete(kind, name)
		if frappe.db.table_exists(owner) and frappe.db.has_column(owner, column):
			frappe.db.sql_ddl(f"alter table `tab{owner}` drop column `{column}`")
		return
	frappe.db.delete(kind, name)
	if kind == "DocType":
		frappe.db.drop_table(name)
