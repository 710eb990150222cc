"""Web forms: a published form at its route, and what happens with what is sent."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.website import pages

LAYOUT = frozenset(("Section Break", "Column Break", "Page Break", "HTML", "Heading"))
INPUT_TYPES = {
	"Int": "number",
	"Float": "number",
	"Currency": "number",
	"Date": "date",
	"Datetime": "datetime-local",
}
INPUT_TYPES.update({"Time": "time", "Phone": "tel", "Password": "password"})
LONG_TYPES = frozenset(("Small Text", "Text", "Long Text", "Text Editor", "Code", "Markdown Editor"))
MAX_LINK_OPTIONS = 500


def serve_web_form(route: str) -> Response | None:
	"""Return the page of the web form with a route, None when there is none.

	A form for people who signed in sends guests to the sign-in page.
	"""
	name = frappe.db.get_value("Web Form", {"route": route, "published": 1})
	if not name:
		return None
	form = frappe.get_cached_doc("Web Form", name)
	if form.login_required and frappe.session.user == "Guest":
		from werkzeug.utils import redirect

		return redirect(f"/login?redirect-to=/{route}")
	body = f"{form.introduction_text or ''}{_form(form)}"
	return pages.message_page(_(form.title), body)


def _form(form: Any) -> str:
	meta = frappe.get_meta(form.doc_type)
	fields = "".join(
		_field(row, meta.get_field(row.fieldname)) for row in form.web_form_fields if not row.hidden
	)
	token = ""
	if frappe.session.user != "Guest":
		from frappe.sessions import get_csrf_token

		token = f' data-csrf="{html.escape(get_csrf_token(), quote=True)}"'
	done = html.escape(_(form.success_message or "") or _("Thank you, it was sent."), quote=True)
	return (
		f'<form id="web-form" data-name="{html.escape(form.name, quote=True)}" data-done="{done}"{token}>'
		f'{fields}<p><button type="submit">{html.escape(_(form.button_label or "Save"))}</button></p>'
		'<p role="status"></p></form><script src="/assets/frappe/js/web_form.js" defer></script>'
	)


def _field(row: Any, df: Any) -> str:
	label = html.escape(_(row.label or ""))
	if row.fieldtype in LAYOUT:
		return f"<h2>{label}</h2>" if label and row.fieldtype != "HTML" else ""
	if df is None:
		return ""
	required = " required" if row.reqd else ""
	disabled = " disabled" if row.read_only else ""
	attributes = f'name="{html.escape(row.fieldname, quote=True)}"{required}{disabled}'
	note = f"<small>{html.escape(_(row.description))}</small>" if row.description else ""
	return f"<p><label>{label}<br>{_control(row, attributes)}</label>{note}</p>"


def _control(row: Any, attributes: str) -> str:
	default = html.escape(str(row.default or ""), quote=True)
	if row.fieldtype == "Check":
		return f'<input type="checkbox" {attributes}>'
	if row.fieldtype in LONG_TYPES:
		return f"<textarea rows=5 {attributes}>{default}</textarea>"
	if row.fieldtype in ("Select", "Link"):
		options = _link_options(row) if row.fieldtype == "Link" else (row.options or "").split("\n")
		items = "".join(
			f'<option value="{html.escape(o, quote=True)}">{html.escape(_(o))}</option>' for o in options
		)
		return f"<select {attributes}>{items}</select>"
	kind = INPUT_TYPES.get(row.fieldtype, "text")
	length = f" maxlength={int(row.max_length)}" if row.max_length else ""
	return f'<input type="{kind}" value="{default}"{length} {attributes}>'


def _link_options(row: Any) -> list[str]:
	read: Callable = frappe.get_all if row.allow_read_on_all_link_options else frappe.get_list
	if read is frappe.get_list and not frappe.has_permission(row.options, "read"):
		return [""]
	return ["", *read(row.options, pluck="name", limit_page_length=MAX_LINK_OPTIONS)]


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(key="web_form", limit=10, seconds=60)
def accept(web_form: str, data: Any, docname: str | None = None) -> Any:
	"""Store what a visitor sent with a web form and return the document's name.

	Args:
		web_form: name of the form.
		data: JSON of its fields; others are left out.
		docname: change this document of the visitor's own, if the form allows it.

	Raises:
		DoesNotExistError: the form is not published.
		PermissionError: the visitor has to sign in, or may not change the document.
	"""
	form = frappe.get_doc("Web Form", web_form)
	if not form.published:
		raise frappe.DoesNotExistError
	if form.login_required and frappe.session.user == "Guest":
		frappe.throw(_("You must login to submit this form"), frappe.PermissionError)
	values = frappe.parse_json(data)
	if not isinstance(values, dict):
		frappe.throw(_("Invalid request arguments"))
	docname = docname or values.get("name")
	doc = _own_document(form, docname) if docname else _new_document(form)
	for row in form.web_form_fields:
		if row.fieldname in values and row.fieldtype not in LAYOUT and not row.read_only:
			doc.set(row.fieldname, _plain(values[row.fieldname]))
	_check_required(form, doc)
	doc.flags.in_web_form = True
	doc.save(ignore_permissions=not form.apply_document_permissions)
	return {"name": doc.name} if frappe.session.user != "Guest" else {}


def _plain(value: Any) -> Any:
	return value if isinstance(value, str | int | float | list | None) else str(value)


def _new_document(form: Any) -> Any:
	if form.login_required and not form.allow_multiple:
		existing = frappe.db.get_value(form.doc_type, {"owner": frappe.session.user})
		if existing and not form.allow_edit:
			frappe.throw(_("You have already submitted this form"))
	return frappe.new_doc(form.doc_type)


def _own_document(form: Any, name: str) -> Any:
	doc = frappe.get_doc(form.doc_type, name)
	mine = doc.owner == frappe.session.user and frappe.session.user != "Guest"
	if not form.allow_edit or not (mine or doc.has_permission("write")):
		raise frappe.PermissionError
	return doc


def _check_required(form: Any, doc: Any) -> None:
	missing = [
		row.label or row.fieldname for row in form.web_form_fields if row.reqd and not doc.get(row.fieldname)
	]
	if missing:
		frappe.throw(
			_("Mandatory fields required: {0}").format(", ".join(_(label) for label in missing)),
			frappe.MandatoryError,
		)
