"""Runs the Notifications of a DocType on the events of its documents, and once a day by date."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.kernel.cache import shared
from frappe.utils import cint, getdate, nowdate

EVENTS = {"on_update": "Save", "after_insert": "New", "on_submit": "Submit", "on_cancel": "Cancel"}
BY_DATE = ("Days After", "Days Before")


def run(doc: Any, method: str) -> None:
	"""Send the notifications that an event of a document causes.

	Called for every event of every document, so it returns at once for DocTypes without notifications. A
	notification that fails is logged and never fails the document.

	Args:
		doc: the document.
		method: name of the event.
	"""
	known = notifications_by_doctype().get(doc.doctype)
	if not known or _is_quiet(doc):
		return
	event = _event_of(doc, method)
	executed = doc.flags.notifications_executed
	for row in known:
		if row.name in (executed or ()) or not (row.event == event or _is_method(row, method)):
			continue
		if executed is not None:
			executed.append(row.name)
		evaluate_alert(doc, row.name, row.event)


def _is_quiet(doc: Any) -> bool:
	flags = frappe.flags
	return bool(
		(flags.in_import and flags.mute_emails)
		or flags.in_patch
		or flags.in_install
		or doc.flags.in_notification_update
	)


def _event_of(doc: Any, method: str) -> str | None:
	# Inserting changes no value.
	if method == "on_change":
		return None if doc.flags.in_insert else "Value Change"
	return EVENTS.get(method)


def _is_method(row: Any, method: str) -> bool:
	return row.event == "Method" and row.method == method


def notifications_by_doctype() -> dict[str, list[Any]]:
	"""Return DocType → {name, event, method} of its enabled notifications; kept until one is changed."""
	known = shared("notifications")
	if "rows" not in known:
		known["rows"] = _read()
	return known["rows"]


def _read() -> dict[str, list[Any]]:
	try:
		rows = frappe.db.sql(
			"""select `name`, `event`, `method`, `document_type` from `tabNotification`
			where `enabled` = 1 order by `name`""",
			as_dict=True,
		)
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		rows = []
	found: dict[str, list[Any]] = {}
	for row in rows:
		found.setdefault(row.document_type, []).append(row)
	return found


def evaluate_alert(doc: Any, alert: Any, event: str) -> bool:
	"""Send a notification about a document if its condition holds; return whether it was sent.

	Args:
		doc: the document.
		alert: the Notification or its name.
		event: as the Notification names it.

	What goes wrong is logged in codes and undone; the document stays as it is.
	"""
	from frappe.jobs.errors import error_code

	alert = frappe.get_cached_doc("Notification", alert) if isinstance(alert, str) else alert
	place = f"notification_{frappe.generate_hash(length=8)}"
	frappe.db.savepoint(place)
	try:
		if not is_due(doc, alert, event):
			return False
		alert.send(doc)
	except Exception as error:
		frappe.db.rollback(save_point=place)
		frappe.log_error(title=f"Notification failed: {alert.name}", message=error_code(error))
		frappe.msgprint(_("Error in Notification {0}").format(alert.name))
		return False
	return True


def is_due(doc: Any, alert: Any, event: str) -> bool:
	"""Tell whether a notification's condition holds and, for "Value Change", its value changed."""
	if alert.condition and not frappe.safe_eval(alert.condition, None, get_context(doc)):
		return False
	if event != "Value Change":
		return True
	before = doc.get_doc_before_save()
	df = doc.meta.get_field(alert.value_changed)
	if not before or df is None:
		return False
	return frappe.utils.cstr(before.get(df.fieldname)) != frappe.utils.cstr(doc.get(df.fieldname))


def get_context(doc: Any) -> dict[str, Any]:
	"""Return what conditions and templates of a notification may use: doc, nowdate, frappe.utils."""
	from frappe.utils.safe_exec import get_safe_globals

	return {
		"doc": doc,
		"nowdate": nowdate,
		"frappe": frappe._dict(utils=get_safe_globals().get("frappe").get("utils")),
	}


def trigger_daily_alerts() -> int:
	"""Send the notifications of the day before or after a date; return how many were sent."""
	names = frappe.get_all(
		"Notification", filters={"event": ("in", BY_DATE), "enabled": 1}, pluck="name", limit_page_length=0
	)
	sent = 0
	for name in names:
		alert = frappe.get_cached_doc("Notification", name)
		for document in documents_for_today(alert):
			sent += evaluate_alert(frappe.get_doc(alert.document_type, document), alert, alert.event)
	return sent


def documents_for_today(alert: Any) -> list[str]:
	"""Return the names of the documents whose date lies as many days off as a notification says."""
	days = cint(alert.days_in_advance) * (-1 if alert.event == "Days After" else 1)
	day = getdate(nowdate()) + timedelta(days=days)
	return frappe.get_all(
		alert.document_type,
		filters=[
			[alert.date_changed, ">=", datetime.combine(day, time.min)],
			[alert.date_changed, "<=", datetime.combine(day, time.max)],
		],
		pluck="name",
		limit_page_length=0,
	)
