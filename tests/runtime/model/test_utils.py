import frappe
from frappe.model.utils import is_single_doctype, is_virtual_doctype, set_default
from frappe.model.utils.rename_field import rename_field

from tests.runtime.model.builders import field


def test_kinds_of_doctypes(db):
	assert is_single_doctype("System Settings")
	assert not is_single_doctype("User")
	assert not is_virtual_doctype("User")


def test_one_default_among_those_with_the_same_value(make_doctype):
	doctype = make_doctype([field("kind"), field("is_default", "Check")])
	for name, kind in (("a", "x"), ("b", "x"), ("c", "y")):
		frappe.get_doc({"doctype": doctype, "name": name, "kind": kind, "is_default": 1}).insert()
	set_default(frappe.get_doc(doctype, "b"), "kind")
	defaults = frappe.get_all(doctype, filters={"is_default": 1}, order_by="name", pluck="name")
	assert defaults == ["b", "c"]


def test_values_move_to_the_new_field(make_doctype):
	doctype = make_doctype([field("old_name"), field("new_name")])
	frappe.get_doc({"doctype": doctype, "name": "a", "old_name": "x"}).insert()
	rename_field(doctype, "old_name", "new_name")
	assert frappe.db.get_value(doctype, "a", "new_name") == "x"
	single = make_doctype([field("old_name"), field("new_name")], issingle=1)
	frappe.get_doc({"doctype": single, "old_name": "x"}).insert()
	frappe.db.sql("delete from `tabSingles` where `doctype` = %s and `field` = 'new_name'", single)
	rename_field(single, "old_name", "new_name")
	assert frappe.db.get_single_value(single, "new_name", cache=False) == "x"
