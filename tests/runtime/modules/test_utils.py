import frappe
import pytest
from frappe.modules import get_doc_path, get_module_name, load_doctype_module
from frappe.modules.utils import get_app_publisher, get_doctype_module, get_module_app


def test_where_a_doctype_lies(db):
	assert get_doctype_module("ToDo") == "Desk"
	assert get_module_app("Desk") == "frappe"
	assert get_module_name("ToDo", "Desk") == "frappe.desk.doctype.todo.todo"
	assert get_doc_path("Desk", "DocType", "ToDo").endswith("desk/doctype/todo")
	assert load_doctype_module("ToDo").ToDo
	assert get_app_publisher("Desk")


def test_what_does_not_exist(db):
	with pytest.raises(frappe.DoesNotExistError):
		get_module_app("No Such Module")
	with pytest.raises(frappe.DoesNotExistError):
		get_doctype_module("No Such Thing")
	with pytest.raises(ImportError):
		load_doctype_module("ToDo", suffix="_nonsense")
