"""Tells those who may act next; the mail holds the document's code and a link, never its content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.workflow.lookup import get_workflow


def send_workflow_action_mails(doctype: str, name: str, state: str, roles: list[str]) -> None:
	"""Write a mail to every user of the roles who may read the document.

	Args:
		doctype, name: the document.
		state: where it is now.
		roles: those that may act.
	"""
	doc = frappe.get_doc(doctype, name)
	workflow = get_workflow(doctype)
	row = next(row for row in workflow.states if row.state == state)
	for user in users_to_tell(doc, roles):
		frappe.sendmail(
			recipients=user.email,
			reference_doctype=doctype,
			reference_name=name,
			**_words(doc, row),
		)


def users_to_tell(doc: Any, roles: Iterable[str]) -> list[Any]:
	"""Return {name, email} of the enabled users with one of the roles who may read the document."""
	names = frappe.get_all(
		"Has Role", filters={"parenttype": "User", "role": ("in", list(roles))}, pluck="parent", distinct=True
	)
	users = frappe.get_all(
		"User",
		filters={"name": ("in", names), "enabled": 1, "user_type": "System User"},
		fields=["name", "email"],
	)
	return [user for user in users if user.email and doc.has_permission("read", user=user.name)]


def _words(doc: Any, state: Any) -> dict[str, str]:
	if state.next_action_email_template:
		template = frappe.get_doc("Email Template", state.next_action_email_template)
		return template.get_formatted_email(doc.as_dict())
	link = frappe.utils.get_url_to_form(doc.doctype, doc.name)
	text = _("{0} {1} waits for your decision.").format(_(doc.doctype), doc.name)
	return {
		"subject": _("Workflow Action: {0} {1}").format(_(doc.doctype), doc.name),
		"message": f'<p>{text}</p><p><a href="{link}">{link}</a></p>',
	}
