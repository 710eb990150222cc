from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document


class DeletedDocument(Document):
	"""A document that was deleted, as it was."""


@frappe.whitelist(methods=["POST"])
def restore(name: str, alert: bool = True) -> str:
	"""Insert a deleted document again.

	Args:
		name: of the Deleted Document.
		alert: tell the user.

	Returns:
		name of the new document.

	Raises:
		DocumentAlreadyRestored: it was restored before.
	"""
	deleted = frappe.get_doc("Deleted Document", name)
	deleted.check_permission("read")
	if deleted.restored:
		frappe.throw(_("Document {0} Already Restored").format(name), exc=frappe.DocumentAlreadyRestored)
	doc = frappe.get_doc(json.loads(deleted.data))
	doc.docstatus = 0
	try:
		doc.insert()
	except frappe.DocstatusTransitionError:
		frappe.msgprint(_("Cancelled Document restored as Draft"))
		doc.insert()
	doc.add_comment("Edit", _("restored {0} as {1}").format(deleted.deleted_name, doc.name))
	deleted.db_set({"new_name": doc.name, "restored": 1})
	if alert:
		frappe.msgprint(_("Document Restored"))
	return doc.name


@frappe.whitelist(methods=["POST"])
def bulk_restore(docnames: Any) -> dict[str, list[str]]:
	"""Insert several deleted documents again.

	Args:
		docnames: names of Deleted Documents, as a list or JSON.

	Returns:
		{"restored": names, "invalid": names that had been restored, "failed": the others}.
	"""
	result: dict[str, list[str]] = {"restored": [], "invalid": [], "failed": []}
	for name in frappe.parse_json(docnames):
		try:
			frappe.db.savepoint("restore")
			restore(name, alert=False)
			result["restored"].append(name)
		except frappe.DocumentAlreadyRestored:
			frappe.clear_last_message()
			result["invalid"].append(name)
		except frappe.ValidationError:
			frappe.db.rollback(save_point="restore")
			result["failed"].append(name)
	return result
