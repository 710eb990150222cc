import json

import frappe
from frappe.modules.import_file import import_file_by_path, import_files


def test_a_record_is_imported_when_its_file_changed(db, tmp_path):
	path = tmp_path / "role.json"
	record = {
		"doctype": "Role",
		"name": "Tm Imported",
		"role_name": "Tm Imported",
		"modified": "2024-01-01 00:00:00",
	}
	path.write_text(json.dumps([record]))
	assert import_file_by_path(str(path))
	assert str(frappe.db.get_value("Role", "Tm Imported", "modified")).startswith("2024-01-01")
	assert not import_file_by_path(str(path))
	assert import_file_by_path(str(path), force=True)
	record["modified"] = "2024-02-01 00:00:00"
	record["desk_access"] = 0
	path.write_text(json.dumps(record))
	assert import_file_by_path(str(path))
	assert frappe.db.get_value("Role", "Tm Imported", "desk_access") == 0


def test_a_doctype_is_compared_by_the_hash_of_its_file(db):
	assert import_files("desk", "doctype", "todo") is False
	assert import_files("desk", "doctype", "todo", force=True)
	assert frappe.get_meta("ToDo").has_field("description")


def test_a_missing_file_imports_nothing(db):
	assert import_file_by_path("/nowhere/x.json") is False
