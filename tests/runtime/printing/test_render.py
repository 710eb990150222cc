from __future__ import annotations

import sys

import frappe
import pytest
from frappe.utils.print_format import attach_print, get_print


@pytest.fixture
def note(db):
	frappe.set_user("Administrator")
	return frappe.get_doc(
		{"doctype": "ToDo", "description": "<b>bold</b> & plain", "priority": "High", "color": None}
	).insert()


def make_format(**values):
	fields = {
		"doctype": "Print Format",
		"name": frappe.generate_hash(length=8),
		"doc_type": "ToDo",
		"standard": "No",
		"custom_format": 1,
		"print_format_type": "Jinja",
		"html": "<p class='mine'>{{ doc.priority }}</p>",
		"css": ".mine { color: red }",
	}
	return frappe.get_doc({**fields, **values}).insert()


def test_a_custom_format_prints_by_its_own_template(note):
	page = get_print("ToDo", note.name, make_format().name)
	assert "<p class='mine'>High</p>" in page
	assert ".mine { color: red }" in page
	assert "<title>" in page


def test_the_standard_layout_prints_what_is_filled(note):
	page = get_print("ToDo", note.name, "Standard")
	assert "High" in page
	assert "Assignment Rule" not in page


def test_a_format_of_another_doctype_is_refused(note):
	other = make_format(doc_type="User")
	with pytest.raises(frappe.ValidationError):
		get_print("ToDo", note.name, other.name)


def test_a_disabled_format_is_refused(note):
	with pytest.raises(frappe.ValidationError):
		get_print("ToDo", note.name, make_format(disabled=1).name)


def test_who_may_not_read_may_not_print(note):
	frappe.set_user("Guest")
	try:
		with pytest.raises(frappe.PermissionError):
			get_print("ToDo", note.name)
	finally:
		frappe.set_user("Administrator")


def test_before_print_runs_for_the_document(note, monkeypatch):
	seen = []
	noting = lambda self, settings: seen.append(self.name)  # noqa: E731
	monkeypatch.setattr(type(note), "before_print", noting, raising=False)
	get_print("ToDo", note.name)
	assert seen == [note.name]


def test_a_pdf_is_made_without_fetching_anything(note):
	pytest.importorskip("weasyprint", exc_type=ImportError)
	html = "<p>安全计划</p><img src='file:///etc/hostname'>"
	pdf = get_print("ToDo", note.name, make_format(html=html).name, as_pdf=True)
	assert pdf.startswith(b"%PDF-")
	assert b"/Image" not in pdf


def test_a_pdf_without_its_library_says_what_to_do(note, monkeypatch):
	monkeypatch.setitem(sys.modules, "weasyprint", None)
	with pytest.raises(frappe.ValidationError, match="WeasyPrint"):
		get_print("ToDo", note.name, as_pdf=True)
	assert attach_print("ToDo", note.name)["fname"].endswith(".html")
