"""The sending job: what the dispatcher logged goes out, each message exactly once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import frappe
from frappe.utils import now_datetime

from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.crisis_plan.dispatch.channels import desk, email, webhook
from crisis_intervention.crisis_plan.dispatch.links import link_for
from crisis_intervention.crisis_plan.dispatch.message import DESK, EMAIL, WEBHOOK
from crisis_intervention.crisis_plan.dispatch.recipient import refusal
from crisis_intervention.crisis_plan.dispatch.texts import texts_for, values_for
from crisis_intervention.crisis_plan.duties.ledger import NEUTRAL_OWNER, nobody
from crisis_intervention.crisis_plan.rules.rule import URGENT

CHANNELS: dict[str, Callable] = {EMAIL: email.send, DESK: desk.send, WEBHOOK: webhook.send}
QUEUED, SENDING, SENT, REFUSED, FAILED = "Queued", "Sending", "Sent", "Refused", "Failed"
MOST_ATTEMPTS = 50
AT_A_TIME = 500
STUCK_AFTER = timedelta(minutes=5)


@fails_in_codes
def send_queued() -> int:
	"""Send what is queued, the urgent first.

	A message that cannot go out now stays queued and is tried again by the tick.

	:returns: how many were sent
	"""
	names = [*_queued(URGENT), *_queued(["!=", URGENT])]
	with nobody():
		return sum(_send_one(name) for name in names)


def _queued(tier: Any) -> list[str]:
	return frappe.get_all(
		"Dispatch Log",
		filters={"status": QUEUED, "tier": tier},
		pluck="name",
		order_by="attempts asc, at asc",
		limit=AT_A_TIME,
	)


def retry_waiting() -> int:
	"""Send what has been waiting for a minute: its job was lost or could not send.

	:returns: how many were sent
	"""
	now = now_datetime()
	stuck = {"status": SENDING, "modified": ["<", now - STUCK_AFTER]}
	for name in frappe.get_all("Dispatch Log", filters=stuck, pluck="name"):
		_mark(name, status=QUEUED)
	waiting = {"status": QUEUED, "at": ["<", now - timedelta(minutes=1)]}
	return send_queued() if frappe.db.exists("Dispatch Log", waiting) else 0


def _send_one(name: str) -> bool:
	"""Send one message in its own transaction; a lock keeps a second sender away."""
	frappe.db.commit()
	if frappe.db.get_value("Dispatch Log", name, "status", for_update=True) != QUEUED:
		return False
	message = frappe.get_doc("Dispatch Log", name)
	if message.channel == WEBHOOK:
		# No lock is held while the network is asked; a kill in between shows as a message still being sent.
		_mark(name, status=SENDING)
		frappe.db.commit()
	frappe.db.savepoint("one_message")
	try:
		sent = _deliver(message)
	except Exception as error:
		frappe.db.rollback(save_point="one_message")
		_failed(message, error)
		sent = False
	frappe.db.commit()
	return sent


def _deliver(message: Any) -> bool:
	duty = frappe.get_doc("Duty", message.duty)
	# Between the log and the job the recipient may have lost the right to know.
	reason = refusal(duty, message.recipient)
	if reason:
		_mark(message.name, status=REFUSED, reason=reason)
		return False
	link = link_for(message.name, duty, message.recipient) if message.channel == EMAIL else ""
	subject, body = texts_for(message.occasion, message.recipient, values_for(duty, message.recipient, link))
	details = CHANNELS[message.channel](message, subject, body)
	_mark(message.name, status=SENT, sent_at=now_datetime(), reason="", **details)
	return True


def _failed(message: Any, error: Exception) -> None:
	"""Note the failure by its kind only: the text of an error may quote what must not be logged."""
	attempts = int(message.attempts or 0) + 1
	# Without an account nothing is lost: messages wait until the school has one.
	waits = isinstance(error, frappe.OutgoingEmailError)
	_mark(
		message.name,
		attempts=attempts,
		reason=type(error).__name__,
		status=FAILED if attempts >= MOST_ATTEMPTS and not waits else QUEUED,
	)


def _mark(name: str, **values: Any) -> None:
	frappe.db.set_value("Dispatch Log", name, values, modified_by=NEUTRAL_OWNER)
