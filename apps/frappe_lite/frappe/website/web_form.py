"""Web forms: a published form at its route, and what happens with what is sent."""

from __future__ import annotations

from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import cint
from frappe.website.web_form_page import LAYOUT, form_page, success_page

OWN_DATA = ("name", "doctype")


def serve_web_form(route: str) -> Response | None:
	"""Return the page of the web form with a route, None when there is none.

	A form for people who signed in sends guests to the sign-in page.
	"""
	form = _published(route)
	if form is None:
		return None
	return _sign_in(form) or _html(form_page(form))


def receive_web_form(route: str) -> Response | None:
	"""Store what a browser without script sent to the address of a web form, None when there is none.

	What is refused comes back with its message and everything that was filled in.
	"""
	form = _published(route)
	if form is None:
		return None
	refused = _sign_in(form)
	if refused:
		return refused
	values = {row.fieldname: _posted(row) for row in form.web_form_fields if row.fieldname}
	frappe.form_dict.web_form = form.name
	try:
		data = accept(form.name, values)
	except (frappe.ValidationError, frappe.PermissionError, frappe.RateLimitExceededError) as error:
		frappe.db.rollback()
		return _html(form_page(form, values, _messages(error)), getattr(error, "http_status_code", 417))
	if form.success_url:
		return redirect(form.success_url, 303)
	return _html(success_page(form, data))


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(key="web_form", limit=10, seconds=60)
def accept(web_form: str, data: Any, docname: str | None = None) -> Any:
	"""Store what a visitor sent with a web form and return its name and the fields of the form.

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
	user = frappe.session.user
	try:
		if form.anonymous:
			frappe.session.user = "Guest"
		doc = _store(form, values, docname or values.get("name"))
	finally:
		frappe.session.user = user
	return {key: doc.get(key) for key in (*OWN_DATA, *_fieldnames(form))}


def _store(form: Any, values: dict[str, Any], docname: str | None) -> Any:
	doc = _own_document(form, docname) if docname else _new_document(form)
	for row in form.web_form_fields:
		if row.fieldname in values and row.fieldtype not in LAYOUT and not row.read_only:
			doc.set(row.fieldname, _plain(values[row.fieldname]))
	_check_required(form, doc)
	frappe.flags.in_web_form = doc.flags.in_web_form = True
	try:
		return doc.save(ignore_permissions=not form.apply_document_permissions)
	finally:
		frappe.flags.in_web_form = False


def _published(route: str) -> Any:
	name = frappe.db.get_value("Web Form", {"route": route, "published": 1})
	return frappe.get_cached_doc("Web Form", name) if name else None


def _sign_in(form: Any) -> Response | None:
	if form.login_required and frappe.session.user == "Guest":
		return redirect(f"/login?redirect-to=/{form.route}")
	return None


def _html(markup: str, status: int = 200) -> Response:
	return Response(markup, status=status, mimetype="text/html")


def _posted(row: Any) -> Any:
	"""A browser leaves out a box that is not ticked."""
	value = frappe.form_dict.get(row.fieldname)
	if row.fieldtype == "Check":
		return int(value not in (None, "", "0"))
	return value


def _messages(error: Exception) -> list[str]:
	"""Return the messages meant for people and forget them, so that the page shows them once."""
	messages = [str(entry.get("message") or "") for entry in frappe.get_message_log()]
	frappe.clear_messages()
	return messages or [str(error)]


def _fieldnames(form: Any) -> list[str]:
	return [row.fieldname for row in form.web_form_fields if row.fieldname and row.fieldtype not in LAYOUT]


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
		row.label or row.fieldname
		for row in form.web_form_fields
		if cint(row.reqd) and not doc.get(row.fieldname)
	]
	if missing:
		frappe.throw(
			_("Mandatory fields required: {0}").format(", ".join(_(label) for label in missing)),
			frappe.MandatoryError,
		)
