"""`get_cached_doc` never answers an old document, whatever way the row was written."""

import frappe


def next_request():
	"""Forget what this request has seen, as the next one does; what the process keeps stays."""
	frappe.local.document_cache.clear()


def test_a_single_written_without_modified_is_read_anew(db):
	frappe.get_cached_doc("System Settings")
	next_request()
	values = {"value": "37", "doctype": "System Settings"}
	db.sql("delete from `tabSingles` where doctype = %(doctype)s and field = 'dormant_days'", values)
	db.sql(
		"insert into `tabSingles` (doctype, field, value) values (%(doctype)s, 'dormant_days', %(value)s)",
		values,
	)
	assert str(frappe.get_cached_doc("System Settings").dormant_days) == "37"


def test_a_row_written_without_modified_is_read_anew(db):
	note = frappe.get_doc({"doctype": "ToDo", "description": "first"}).insert()
	frappe.get_cached_doc("ToDo", note.name)
	next_request()
	db.sql("update `tabToDo` set description = 'second' where name = %s", note.name)
	assert frappe.get_cached_doc("ToDo", note.name).description == "second"


def test_an_unchanged_document_is_kept(db):
	note = frappe.get_doc({"doctype": "ToDo", "description": "first"}).insert()
	kept = frappe.get_cached_doc("ToDo", note.name)
	next_request()
	assert frappe.get_cached_doc("ToDo", note.name) is kept
