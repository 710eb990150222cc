import frappe
import pytest
from frappe.model.meta_source import find_definition_file, load_definition, load_meta_from_file


def test_definitions_come_with_their_parts(db):
	definition = load_definition("ToDo")
	assert definition["name"] == "ToDo"
	assert {"fields", "permissions", "actions", "links", "states"} <= set(definition)
	assert [row["idx"] for row in definition["fields"]] == list(range(1, len(definition["fields"]) + 1))


def test_files_stand_in_only_while_installing(db, monkeypatch):
	assert find_definition_file("ToDo").endswith("desk/doctype/todo/todo.json")
	assert find_definition_file("No Such Thing") is None
	with pytest.raises(frappe.DoesNotExistError):
		load_meta_from_file("ToDo")
	monkeypatch.setitem(frappe.flags, "in_install", "frappe")
	definition = load_meta_from_file("ToDo")
	assert definition["fields"][0]["parent"] == "ToDo"
	assert definition["_is_from_file"]
