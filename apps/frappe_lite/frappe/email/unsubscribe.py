"""Lets a recipient leave the mails about one document."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _


def link_text(mail: Any, recipient: str) -> str:
	"""Return the words with the address at which a recipient unsubscribes from the mail's document."""
	method = mail.unsubscribe_method or "/api/method/frappe.email.unsubscribe.unsubscribe"
	values = {"email": recipient, "doctype": mail.reference_doctype, "name": mail.reference_name}
	values.update(frappe.parse_json(mail.unsubscribe_params) if mail.unsubscribe_params else {})
	values["signature"] = _signature(values["email"], values["doctype"], values["name"])
	return f"{_('Unsubscribe')}: {frappe.utils.get_url(method)}?{urlencode(values)}"


def _signature(email: str, doctype: str | None, name: str | None) -> str:
	from frappe.utils.password import get_encryption_key

	text = "\n".join((email, doctype or "", name or ""))
	return hmac.new(get_encryption_key().encode(), text.encode(), hashlib.sha256).hexdigest()


@frappe.whitelist(allow_guest=True, methods=["POST"])
def unsubscribe(email: str, doctype: str, name: str, signature: str) -> None:
	"""Stop mails about a document to an address; the signature proves that the link came with such a mail.

	Raises:
		frappe.PermissionError: the signature does not fit.
	"""
	if not hmac.compare_digest(signature, _signature(email, doctype, name)):
		frappe.throw(_("The link is not valid"), frappe.PermissionError)
	values = {"email": email, "reference_doctype": doctype, "reference_name": name}
	if not frappe.db.exists("Email Unsubscribe", values):
		# The signature stands for the right to do this, a guest has no other.
		frappe.get_doc(doctype="Email Unsubscribe", **values).insert(ignore_permissions=True)
