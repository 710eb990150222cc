"""The daily digest: one mail per person with what is due, at school time."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import get_time, getdate, now_datetime

from crisis_intervention.crisis_plan.clocks.site import school_calendar
from crisis_intervention.crisis_plan.dispatch.channels import email
from crisis_intervention.crisis_plan.dispatch.dispatcher import enabled_channels
from crisis_intervention.crisis_plan.dispatch.message import EMAIL
from crisis_intervention.crisis_plan.dispatch.recipient import refusal
from crisis_intervention.crisis_plan.dispatch.texts import desk_url, language_of, neutral_kind, texts_for
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.planner import dedupe_key
from crisis_intervention.crisis_plan.duties.states import OVERDUE, UNFULFILLED

LOOK_AHEAD = timedelta(days=2)
MOST_LINES = 30


def is_digest_time(now: datetime) -> bool:
	"""Say whether the digest of the day is still to go out."""
	settings = frappe.get_cached_doc("Crisis Settings")
	# Whichever process sent it wrote the day straight into the database.
	last = frappe.db.get_single_value("Crisis Settings", "last_digest", cache=False)
	if last and getdate(last) >= now.date():
		return False
	if now.time() < get_time(settings.digest_time or "07:30:00"):
		return False
	return not settings.digest_on_school_days_only or school_calendar().is_school_day(now.date())


def send_digests() -> int:
	"""Send the digest of today to everybody who has not got it; safe to call again.

	:returns: how many digests went out
	"""
	now = now_datetime()
	if EMAIL not in enabled_channels():
		return 0
	sent = 0
	for user, rows in sorted(due_by_person(now).items()):
		try:
			sent += _send(user, rows)
		except frappe.OutgoingEmailError:
			# Without an account nothing can go out; a later tick tries again.
			frappe.db.rollback(save_point="one_digest")
			return sent
		frappe.db.commit()
	frappe.db.set_single_value("Crisis Settings", "last_digest", now.date(), update_modified=False)
	return sent


def due_by_person(now: datetime) -> dict[str, list[Any]]:
	"""Group what is overdue or due within two days by the person it is told to.

	Included is what the ladder of duties of the tier Due held back for the digest.
	"""
	found: dict[str, dict[str, Any]] = defaultdict(dict)
	fields = ["name", "kind", "tier", "due_at", "state", "responsible", "student"]
	soon = frappe.get_all(
		"Duty",
		filters={
			"state": ["in", UNFULFILLED],
			"due_at": ["<=", now + LOOK_AHEAD],
			"responsible": ["is", "set"],
		},
		fields=fields,
		order_by="due_at asc",
	)
	for duty in soon:
		found[duty.responsible][duty.name] = duty
	for held in _held_back():
		duty = frappe.db.get_value("Duty", held.duty, fields, as_dict=True)
		if duty and duty.state in UNFULFILLED:
			found[held.recipient][duty.name] = duty
	return {user: list(duties.values()) for user, duties in found.items()}


def _held_back() -> list[Any]:
	return frappe.get_all(
		"Dispatch Log", filters={"status": "For Digest"}, fields=["name", "recipient", "duty"]
	)


def _send(user: str, rows: list[Any]) -> int:
	key = dedupe_key("digest", user, str(getdate()))
	if frappe.db.exists("Dispatch Log", {"dedupe_key": key}):
		return 0
	allowed = [row for row in rows if not refusal(frappe.get_doc("Duty", row.name), user)]
	if not allowed:
		return 0
	frappe.db.savepoint("one_digest")
	message = ledger.write(_message(user, key))
	subject, body = texts_for("Digest", user, _values(user, allowed))
	details = email.send(message, subject, body)
	frappe.db.set_value(
		"Dispatch Log", message.name, {"status": "Sent", "sent_at": now_datetime(), **details}
	)
	_release(user)
	return 1


def _message(user: str, key: str) -> Any:
	return frappe.get_doc(
		{
			"doctype": "Dispatch Log",
			"recipient": user,
			"channel": EMAIL,
			"tier": "Due",
			"occasion": "Digest",
			"status": "Queued",
			"at": now_datetime(),
			"dedupe_key": key,
		}
	)


def _values(user: str, rows: list[Any]) -> dict[str, str]:
	language = language_of(user)
	lines = [
		f"{row.name} · {neutral_kind(row.kind, row.tier, language)} · {row.due_at:%Y-%m-%d %H:%M}"
		+ (" !" if row.state == OVERDUE else "")
		for row in rows[:MOST_LINES]
	]
	return {"count": str(len(rows)), "items": "\n".join(lines), "link": desk_url()}


def _release(user: str) -> None:
	"""What was held back for this person has now been told."""
	for row in _held_back():
		if row.recipient == user:
			frappe.db.set_value("Dispatch Log", row.name, {"status": "Sent", "sent_at": now_datetime()})
