import frappe
import pytest

from tests.runtime.model.builders import field


def test_reload_drops_what_was_not_saved(make_doctype):
	line = make_doctype([field("item")], istable=1)
	doctype = make_doctype([field("title"), field("lines", "Table", options=line)])
	doc = frappe.get_doc({"doctype": doctype, "name": "a", "title": "x", "lines": [{"item": "1"}]}).insert()
	doc.title = "changed"
	doc.append("lines", {"item": "2"})
	doc.flags.ignore_permissions = True
	doc.reload()
	assert doc.title == "x"
	assert [row.item for row in doc.lines] == ["1"]
	assert doc.lines[0].parent_doc is doc
	assert doc.flags.ignore_permissions


def test_a_deleted_document_cannot_be_saved(make_doctype):
	doctype = make_doctype([field("title")])
	doc = frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	frappe.delete_doc(doctype, "a")
	with pytest.raises(frappe.DoesNotExistError):
		doc.save()


def test_the_stored_document_is_read_once(make_doctype):
	doctype = make_doctype([field("title")])
	doc = frappe.get_doc({"doctype": doctype, "name": "a", "title": "x"}).insert()
	assert doc.get_latest() is doc.get_latest()
	assert doc.get_latest().title == "x"
