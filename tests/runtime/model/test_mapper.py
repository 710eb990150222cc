import frappe
import pytest
from frappe.model.mapper import get_mapped_doc, make_mapped_doc

from tests.runtime.model.builders import field, permission


@pytest.fixture
def doctypes(make_doctype):
	source_line = make_doctype([field("item"), field("qty", "Int")], istable=1)
	target_line = make_doctype([field("item"), field("amount", "Int"), field("source_row")], istable=1)
	source = make_doctype(
		[field("title"), field("secret", no_copy=1), field("lines", "Table", options=source_line)]
	)
	target = make_doctype(
		[field("title"), field("secret"), field("source"), field("rows", "Table", options=target_line)]
	)
	lines = [{"item": "a", "qty": 2}, {"item": "b", "qty": 0}]
	frappe.get_doc({"doctype": source, "name": "s", "title": "T", "secret": "x", "lines": lines}).insert()
	return source, source_line, target, target_line


def maps(doctypes, **of_source):
	source, source_line, target, target_line = doctypes
	return {
		source: {"doctype": target, "field_map": {"name": "source"}, **of_source},
		source_line: {
			"doctype": target_line,
			"field_map": {"qty": "amount", "name": "source_row"},
			"condition": lambda row: row.qty > 0,
		},
	}


def test_fields_and_rows_are_mapped(doctypes):
	seen = []
	doc = get_mapped_doc(
		doctypes[0], "s", maps(doctypes), postprocess=lambda source, target: seen.append(target)
	)
	assert (doc.doctype, doc.title, doc.source) == (doctypes[2], "T", "s")
	assert not doc.secret
	assert [(row.item, row.amount) for row in doc.rows] == [("a", 2)]
	assert doc.rows[0].source_row
	assert doc.is_new()
	assert seen == [doc]


def test_conditions_on_the_source(doctypes):
	with pytest.raises(frappe.ValidationError):
		get_mapped_doc(doctypes[0], "s", maps(doctypes, validation={"docstatus": ["=", 1]}))


def test_source_and_target_ask_for_permission(doctypes, make_doctype, make_user, as_user):
	with as_user(make_user()):
		with pytest.raises(frappe.PermissionError):
			get_mapped_doc(doctypes[0], "s", maps(doctypes))
		assert get_mapped_doc(doctypes[0], "s", maps(doctypes), ignore_permissions=True).title == "T"


def test_only_whitelisted_functions_make_documents_for_clients(db):
	with pytest.raises(frappe.PermissionError):
		make_mapped_doc("frappe.model.rename_doc.rename_doc", "x")


def test_readers_cannot_create(doctypes, make_user, as_user, make_doctype):
	target = make_doctype([field("title")], permissions=[permission("System Manager", read=1)])
	with as_user(make_user("System Manager")), pytest.raises(frappe.PermissionError):
		get_mapped_doc(doctypes[0], "s", {doctypes[0]: {"doctype": target}})
