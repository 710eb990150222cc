"""The dispatcher: checks the recipient, writes the Dispatch Log, leaves sending to a job."""

import hashlib
from typing import Any

import frappe
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.dispatch.message import (
	DESK,
	EMAIL,
	WEBHOOK,
	Message,
	channels_for,
	waits_for_digest,
)
from crisis_intervention.crisis_plan.dispatch.recipient import refusal
from crisis_intervention.crisis_plan.duties import ledger

QUEUED, FOR_DIGEST, REFUSED = "Queued", "For Digest", "Refused"
SEND_JOB = "crisis_intervention.crisis_plan.dispatch.sending.send_queued"
_REGISTERED = "crisis_intervention_send_registered"


def dispatch(duty: Any, recipient: str, message: Message) -> list[str]:
	"""Tell a person about a duty, at most once per message and channel.

	The log is written in the current transaction; a recipient who may not read the duty is refused, and
	that is logged too.

	:param duty: Duty document
	:param recipient: user
	:returns: names of the new Dispatch Log records
	"""
	reason = refusal(duty, recipient)
	written = []
	for channel in channels_for(message.tier, message.channel, enabled_channels()):
		name = _log(duty, recipient, message, channel, reason)
		if name:
			written.append(name)
	if written and not reason:
		send_after_commit()
	return written


def enabled_channels() -> frozenset[str]:
	"""Return the channels that Crisis Settings switches on."""
	settings = frappe.get_cached_doc("Crisis Settings")
	fields = {EMAIL: "email_enabled", DESK: "desk_enabled", WEBHOOK: "webhook_enabled"}
	return frozenset(channel for channel, field in fields.items() if settings.get(field))


def send_after_commit() -> None:
	"""Queue one sending job for the current transaction, however many messages it writes."""
	if getattr(frappe.local, _REGISTERED, False):
		return
	setattr(frappe.local, _REGISTERED, True)
	frappe.db.after_commit.add(_forget)
	frappe.db.after_rollback.add(_forget)
	with ledger.nobody():
		frappe.enqueue(SEND_JOB, queue="short", enqueue_after_commit=True)


def message_key(duty: str, recipient: str, message: Message, channel: str) -> str:
	"""Return the key under which a message exists once."""
	parts = (duty, recipient, message.occasion, message.moment, channel)
	return hashlib.sha256("|".join(parts).encode()).hexdigest()[:40]


def _log(duty: Any, recipient: str, message: Message, channel: str, reason: str) -> str | None:
	key = message_key(duty.name, recipient, message, channel)
	if frappe.db.exists("Dispatch Log", {"dedupe_key": key}):
		return None
	return ledger.write(
		frappe.get_doc(
			{
				"doctype": "Dispatch Log",
				"recipient": recipient,
				"duty": duty.name,
				"channel": channel,
				"tier": message.tier,
				"occasion": message.occasion,
				"status": _status(message.tier, channel, reason),
				"reason": reason,
				"at": now_datetime(),
				"dedupe_key": key,
			}
		)
	).name


def _status(tier: str, channel: str, reason: str) -> str:
	if reason:
		return REFUSED
	return FOR_DIGEST if waits_for_digest(tier, channel) else QUEUED


def _forget() -> None:
	setattr(frappe.local, _REGISTERED, False)
