"""Save a form."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.desk.form.load import get_docinfo, run_onload, set_link_titles

DOCSTATUS = {"Save": 0, "Submit": 1, "Update": 1, "Cancel": 2}


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: Any, action: str) -> None:
	"""Save, submit, update or cancel a document as the form holds it; answers `docs` and `docinfo`.

	Args:
		doc: JSON of the document.
		action: Save, Submit, Update or Cancel.
	"""
	values = frappe.parse_json(doc)
	if not isinstance(values, dict) or action not in DOCSTATUS:
		frappe.throw(_("Invalid request arguments"))
	document = frappe.get_doc(values)
	set_local_name(document)
	document.docstatus = DOCSTATUS[action]
	if action == "Submit":
		document.submit()
	elif action == "Cancel":
		document.cancel()
	else:
		document.save()
	run_onload(document)
	send_updated_docs(document)
	text = {"Save": _("Saved"), "Submit": _("Submitted"), "Update": _("Updated"), "Cancel": _("Cancelled")}
	frappe.msgprint(text[action], indicator="green", alert=True)


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(
	doctype: str | None = None,
	name: str | None = None,
	workflow_state_fieldname: str | None = None,
	workflow_state: str | None = None,
) -> None:
	"""Cancel a submitted document; answers `docs` and `docinfo`."""
	document = frappe.get_doc(doctype, name)
	if workflow_state_fieldname and workflow_state:
		document.set(workflow_state_fieldname, workflow_state)
	document.cancel()
	send_updated_docs(document)
	frappe.msgprint(_("Cancelled"), indicator="red", alert=True)


@frappe.whitelist(methods=["POST", "PUT"])
def discard(doctype: str, name: str | int) -> None:
	"""Give up a draft: it is cancelled without having been submitted; answers `docs` and `docinfo`."""
	document = frappe.get_doc(doctype, name)
	document.discard()
	send_updated_docs(document)
	frappe.msgprint(_("Discarded"), indicator="red", alert=True)


def send_updated_docs(doc: Any) -> None:
	"""Answer a document with what surrounds it, as the user may see it."""
	get_docinfo(doc)
	set_link_titles(doc)
	doc.apply_fieldlevel_read_permissions()
	values = doc.as_dict()
	if localname := getattr(doc, "localname", None):
		values["localname"] = localname
	frappe.response.docs.append(values)


def set_local_name(doc: Any) -> None:
	"""Let a new document and its new rows get real names instead of those the form gave them."""
	for row in (doc, *doc.get_all_children()):
		if doc.get("__islocal") or row.get("__islocal"):
			row.localname = row.name
			row.name = None
	if doc.get("__newname"):
		doc.name = doc.get("__newname")
