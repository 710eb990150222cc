"""E-mail through the host's mail queue."""

import re
from typing import Any

import frappe

from crisis_intervention.crisis_plan.rules.rule import URGENT

# The host sends those of a higher priority first: an urgent mail waits behind no digest.
PRIORITY = {URGENT: 2}
_ADDRESS = re.compile(r"https?://\S+")


def send(message: Any, subject: str, body: str) -> dict[str, Any]:
	"""Put a mail into the host's queue, in the transaction that marks the message as sent.

	No reference document is given: the host would attach, link or thread it.

	:param message: Dispatch Log document
	:returns: fields for the Dispatch Log
	:raises frappe.OutgoingEmailError: when the site has no account to send from
	"""
	address = frappe.db.get_value("User", message.recipient, "email") or message.recipient
	queued = frappe.sendmail(
		recipients=[address],
		subject=subject,
		message=as_html(body),
		delayed=True,
		send_priority=PRIORITY.get(message.tier, 1),
		add_unsubscribe_link=0,
	)
	return {"email_queue": getattr(queued, "name", None)}


def as_html(body: str) -> str:
	"""Return a plain text as HTML with its lines and links."""
	lines = frappe.utils.escape_html(body).replace("\n", "<br>")
	return _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', lines)
