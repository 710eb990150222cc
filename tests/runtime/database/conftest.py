"""A bare database with one table, on SQLite and on MariaDB."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.types import _dict

FIELDS = [
	{"fieldname": "title", "fieldtype": "Data"},
	{"fieldname": "kind", "fieldtype": "Select", "options": "A\nB", "default": "A"},
	{"fieldname": "code", "fieldtype": "Data", "unique": 1},
	{"fieldname": "due", "fieldtype": "Date"},
	{"fieldname": "starts", "fieldtype": "Datetime"},
	{"fieldname": "clock", "fieldtype": "Time"},
	{"fieldname": "weight", "fieldtype": "Int", "search_index": 1},
	{"fieldname": "amount", "fieldtype": "Currency"},
	{"fieldname": "is_open", "fieldtype": "Check", "default": "1"},
	{"fieldname": "notes", "fieldtype": "Long Text"},
]


def meta_of(*fields: dict, **values: Any) -> _dict:
	"""A DocType's meta with the fields above and further ones."""
	return _dict(fields=[_dict(field) for field in (*FIELDS, *fields)], **values)


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)])
def bare_db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
	"""An empty site's database with the framework's tables and `tabThing`, committed."""
	from frappe.database import drop_user_and_database, get_db, setup_database

	config: dict[str, Any] = {"db_name": "bare_things", "db_password": "secret", "db_type": "sqlite"}
	if request.param == "mariadb":
		config.update(request.getfixturevalue("mariadb_server").config)
	folder = tmp_path / "bare.localhost"
	folder.mkdir()
	(folder / "site_config.json").write_text(json.dumps(config), encoding="utf-8")
	frappe.init("bare.localhost", sites_path=str(tmp_path), force=True)
	frappe.local.lang = "en"
	frappe.flags.in_install_db = True
	setup_database(force=True)
	frappe.local.db = get_db()
	frappe.local.session = _dict(user="Administrator", data=_dict())
	frappe.db.create_framework_tables()
	frappe.db.updatedb("Thing", meta_of())
	frappe.db.commit()
	frappe.flags.in_install_db = False
	yield frappe.db
	frappe.db.rollback()
	frappe.db.close()
	drop_user_and_database("bare_things")
	frappe.destroy()


@pytest.fixture
def things(bare_db: Any) -> Any:
	"""The database with 20 things T00 … T19."""
	rows = [
		(
			f"T{i:02}",
			f"Thing {i}",
			f"C{i}",
			f"2026-11-{i + 1:02}",
			f"2026-11-{i + 1:02} 08:30:00.000000",
			"09:05:00",
			i,
			i * 1.5,
			f"2026-11-{i + 1:02} 10:00:00.123456",
		)
		for i in range(20)
	]
	fields = ["name", "title", "code", "due", "starts", "clock", "weight", "amount", "modified"]
	bare_db.bulk_insert("Thing", fields, rows)
	bare_db.commit()
	return bare_db
