"""Documents on paper: a Print Format's own template, or the fields of the form in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils.formatters import format_value
from frappe.utils.html_utils import escape_html
from frappe.utils.numbers import cint
from frappe.utils.text import cstr

STANDARD = "Standard"
BREAKS = ("Section Break", "Tab Break", "Column Break")
NOT_PRINTED = (*BREAKS, "HTML", "Button", "Fold", "Heading", "Password", "Image")
TABLES = ("Table", "Table MultiSelect")


def printable(doctype: str | None, name: str | None, doc: Any = None) -> Any:
	"""Return a document that the current user may print, without the fields that he may not read.

	Raises:
		PermissionError: the right to read or to print is missing, or its state is not printed.
	"""
	doc = doc or frappe.get_doc(doctype, name)
	for right in ("read", "print"):
		doc.check_permission(right)
	_check_state(doc)
	doc.run_method("before_print", frappe.get_single("Print Settings"))
	if hasattr(doc, "apply_fieldlevel_read_permissions"):
		doc.apply_fieldlevel_read_permissions()
	return doc


def _check_state(doc: Any) -> None:
	if not doc.meta.is_submittable:
		return
	settings = frappe.get_single("Print Settings")
	if doc.docstatus.is_draft() and not cint(settings.allow_print_for_draft):
		frappe.throw(_("Not allowed to print draft documents"), frappe.PermissionError)
	if doc.docstatus.is_cancelled() and not cint(settings.allow_print_for_cancelled):
		frappe.throw(_("Not allowed to print cancelled documents"), frappe.PermissionError)


def chosen_format(doc: Any, name: str | None) -> Any:
	"""Return the Print Format to print by, None for the standard layout.

	Args:
		doc: the document.
		name: a Print Format; the DocType's default unless given, `Standard` for none.

	Raises:
		ValidationError: the format belongs to another DocType or is switched off.
	"""
	name = name or doc.meta.default_print_format
	if not name or name == STANDARD or not (frappe.db.exists("Print Format", name)):
		return None
	print_format = frappe.get_cached_doc("Print Format", name)
	if print_format.doc_type != doc.doctype or cint(print_format.disabled):
		frappe.throw(_("Print Format {0} cannot be used for {1}").format(name, _(doc.doctype)))
	return print_format


def render_body(doc: Any, print_format: Any = None) -> str:
	"""Return the HTML of a document, without the page around it.

	Args:
		doc: a document from `printable`.
		print_format: Print Format document, None for the standard layout.
	"""
	if print_format is not None and cint(print_format.custom_format) and print_format.html:
		context = {"doc": doc, "meta": doc.meta, "print_format": print_format, "no_letterhead": 1}
		return frappe.render_template(print_format.html, context)
	return "\n".join(_standard(doc))


def style_of(print_format: Any = None) -> str:
	"""Return the CSS that a Print Format brings."""
	return cstr(print_format.css) if print_format is not None else ""


def _standard(doc: Any) -> Iterator[str]:
	yield f"<h1>{escape_html(_(doc.doctype))} <small>{escape_html(cstr(doc.name))}</small></h1>"
	heading = ""
	for field in doc.meta.fields:
		if field.fieldtype in BREAKS:
			heading = field.label or heading
		elif _is_printed(doc, field):
			if heading:
				yield f"<h3>{escape_html(_(heading))}</h3>"
				heading = ""
			yield _table(doc, field) if field.fieldtype in TABLES else _field(doc, field)


def _is_printed(doc: Any, field: Any) -> bool:
	if field.fieldtype in NOT_PRINTED or cint(field.print_hide) or cint(field.hidden):
		return False
	value = doc.get(field.fieldname)
	return bool(value) and not (field.fieldtype == "Check" and not cint(value))


def _field(doc: Any, field: Any) -> str:
	value = cstr(format_value(doc.get(field.fieldname), field, doc, translated=field.fieldtype == "Select"))
	if field.fieldtype == "Check":
		value = _("Yes")
	elif field.fieldtype not in ("Text Editor", "HTML Editor", "Markdown Editor"):
		value = escape_html(value).replace("\n", "<br>")
	return f"<p><b>{escape_html(_(field.label or field.fieldname))}</b><br>{value}</p>"


def _table(doc: Any, field: Any) -> str:
	rows = doc.get(field.fieldname)
	columns = [column for column in rows[0].meta.fields if _is_column(column)]
	head = "".join(f"<th>{escape_html(_(column.label or ''))}</th>" for column in columns)
	body = "".join(f"<tr>{''.join(_cell(row, column) for column in columns)}</tr>" for row in rows)
	title = escape_html(_(field.label or ""))
	return f"<p><b>{title}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _is_column(field: Any) -> bool:
	return field.fieldtype not in NOT_PRINTED and not cint(field.hidden) and not cint(field.print_hide)


def _cell(row: Any, field: Any) -> str:
	value = format_value(row.get(field.fieldname), field, row, translated=field.fieldtype == "Select")
	return f"<td>{escape_html(cstr(value))}</td>"
