"""The print view of a document: `/printview?doctype=…&name=…&format=…`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.printing.render import chosen_format, printable, render_body, style_of
from frappe.utils.numbers import cint

no_cache = 1


def get_context(context: Any) -> dict[str, Any]:
	"""Return what the page shows.

	Raises:
		PermissionError: the user may not read or not print the document.
		DoesNotExistError: there is no such document.
	"""
	form = frappe.form_dict
	if not form.get("doctype") or not form.get("name"):
		raise frappe.DoesNotExistError
	doc = printable(form.doctype, form.name)
	chosen = chosen_format(doc, form.get("format"))
	return {
		"title": doc.get_title() or doc.name,
		"body": render_body(doc, chosen),
		"style": style_of(chosen),
		"trigger_print": cint(form.get("trigger_print")),
	}


@frappe.whitelist()
def get_html_and_style(
	doc: str, name: str | None = None, print_format: str | None = None, **options: Any
) -> dict[str, Any]:
	"""Return the HTML and the CSS of a document, for a preview.

	Args:
		doc: the DocType.
		name: the document.
		print_format: Print Format; the DocType's default unless given.
	"""
	document = printable(doc, name)
	chosen = chosen_format(document, print_format)
	return {"html": render_body(document, chosen), "style": style_of(chosen)}
