"""Realtime events. The desk polls, so an event is kept for a short while instead of being pushed."""

from __future__ import annotations

from typing import Any

import frappe

KEPT_SECONDS = 60


def publish_realtime(
	event: str | None = None,
	message: dict | None = None,
	room: str | None = None,
	user: str | None = None,
	doctype: str | None = None,
	docname: str | None = None,
	task_id: str | None = None,
	after_commit: bool = False,
) -> None:
	"""Offer an event to the desks that poll for it.

	Args:
		event: name of the event.
		message: its data; must be without personal data, as everybody who may open the room sees it.
		user: only this user's desks; the current user's unless a document or room is named.
		after_commit: only when this transaction is committed.
	"""
	target = room or user or (f"{doctype}:{docname}" if doctype else frappe.session.user)
	entry = {"event": event, "message": message or {}, "task_id": task_id}
	if after_commit and frappe.db:
		frappe.db.after_commit.add(lambda: _keep(target, entry))
	else:
		_keep(target, entry)


def _keep(target: str, entry: dict[str, Any]) -> None:
	key = f"realtime:{target}"
	events = [*(frappe.cache.get_value(key) or []), entry]
	frappe.cache.set_value(key, events[-50:], expires_in_sec=KEPT_SECONDS)


def publish_progress(
	percent: float,
	title: str = "Progress",
	doctype: str | None = None,
	docname: str | None = None,
	description: str | None = None,
	task_id: str | None = None,
) -> None:
	"""Offer the progress of a long task, in percent, to the current user's desk."""
	message = {"percent": percent, "title": title, "description": description}
	publish_realtime(
		"progress", message, user=frappe.session.user, doctype=doctype, docname=docname, task_id=task_id
	)


@frappe.whitelist()
def get_events() -> list[dict[str, Any]]:
	"""Return and forget the events waiting for the current user."""
	key = f"realtime:{frappe.session.user}"
	events = frappe.cache.get_value(key) or []
	if events:
		frappe.cache.set_value(key, [], expires_in_sec=KEPT_SECONDS)
	return events


def get_website_room() -> str:
	"""Return the name of the room of all website visitors."""
	return "website"
