from __future__ import annotations

import json
from typing import Any

import frappe
import pytest
from frappe.automation.versions import get_diff

from tests.runtime.records import ensure

DOCTYPE = "Version Sample"


@pytest.fixture
def sample(db: Any) -> Any:
	ensure(
		"DocType",
		"Version Sample Row",
		name="Version Sample Row",
		module="Custom",
		custom=1,
		istable=1,
		fields=[{"fieldname": "item", "fieldtype": "Data", "label": "Item"}],
	)
	ensure(
		"DocType",
		DOCTYPE,
		name=DOCTYPE,
		module="Custom",
		custom=1,
		autoname="prompt",
		track_changes=1,
		fields=[
			{"fieldname": "title", "fieldtype": "Data", "label": "Title"},
			{"fieldname": "secret", "fieldtype": "Password", "label": "Secret"},
			{"fieldname": "rows", "fieldtype": "Table", "label": "Rows", "options": "Version Sample Row"},
		],
		permissions=[{"role": "System Manager", "read": 1, "write": 1, "create": 1}],
	)
	return frappe.get_doc(
		doctype=DOCTYPE, name="one", title="One", secret="hidden", rows=[{"item": "a"}, {"item": "b"}]
	).insert()


def versions() -> list[dict]:
	rows = frappe.get_all(
		"Version", {"ref_doctype": DOCTYPE, "docname": "one"}, ["data"], order_by="creation"
	)
	return [json.loads(row.data) for row in rows]


def save(doc: Any) -> None:
	doc.save(ignore_version=False)


def test_a_changed_field_is_kept_with_both_values(sample: Any) -> None:
	sample.title = "Two"
	save(sample)
	assert versions() == [
		{
			"added": [],
			"changed": [["title", "One", "Two"]],
			"data_import": None,
			"removed": [],
			"row_changed": [],
			"updater_reference": None,
		}
	]


def test_a_save_without_a_change_keeps_nothing(sample: Any) -> None:
	save(sample)
	assert versions() == []


def test_rows_are_told_apart_by_their_names(sample: Any) -> None:
	kept, gone = sample.rows
	kept.item = "A"
	sample.remove(gone)
	sample.append("rows", {"item": "c"})
	save(sample)
	(data,) = versions()
	assert data["row_changed"] == [["rows", 0, kept.name, [["item", "a", "A"]]]]
	assert [(field, row["item"]) for field, row in data["removed"]] == [("rows", "b")]
	assert [(field, row["item"]) for field, row in data["added"]] == [("rows", "c")]


def test_passwords_never_appear(sample: Any) -> None:
	sample.secret = "other"
	sample.title = "Two"
	save(sample)
	assert "other" not in json.dumps(versions())


def test_two_equal_documents_have_no_difference(sample: Any) -> None:
	assert get_diff(sample, frappe.get_doc(DOCTYPE, "one")) is None
