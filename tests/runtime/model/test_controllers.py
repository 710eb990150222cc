import frappe
import pytest
from frappe.model.controllers import class_name, get_controller
from frappe.model.document import Document
from frappe.utils.nestedset import NestedSet

from tests.runtime.model.builders import field


class Replacement(Document):
	pass


def test_standard_doctypes_have_their_class(db):
	assert get_controller("ToDo").__module__ == "frappe.desk.doctype.todo.todo"
	assert class_name("DocType Link") == "DocTypeLink"


def test_doctypes_of_the_desk_are_plain_documents_or_trees(make_doctype):
	assert get_controller(make_doctype([field("title")])) is Document
	assert get_controller(make_doctype([field("title")], is_tree=1)) is NestedSet


@pytest.mark.parametrize("replacement", [Replacement, object])
def test_an_app_may_replace_a_class_by_a_document(db, monkeypatch, replacement):
	hooks, attributes = frappe.get_hooks, frappe.get_attr

	def get_hooks(hook=None, *args, **kwargs):
		return {"ToDo": ["x.Y"]} if hook == "override_doctype_class" else hooks(hook, *args, **kwargs)

	monkeypatch.setattr(frappe, "get_hooks", get_hooks)
	monkeypatch.setattr(frappe, "get_attr", lambda path: replacement if path == "x.Y" else attributes(path))
	frappe.clear_cache()
	if replacement is Replacement:
		assert get_controller("ToDo") is Replacement
	else:
		with pytest.raises(ImportError, match="subclass"):
			get_controller("ToDo")


def test_an_unknown_doctype_has_no_class(db):
	with pytest.raises(frappe.DoesNotExistError):
		get_controller("No Such Thing")
