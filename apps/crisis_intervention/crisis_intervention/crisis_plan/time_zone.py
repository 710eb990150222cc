"""The school's time zone: stored times are naive, so the zone of a site with cases cannot change."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.crisis_plan.people.context import built


def keep_time_zone(doc: Any, method: str | None = None) -> None:
	"""Refuse another time zone in System Settings once there is a case or a duty.

	:param doc: System Settings document
	:raises frappe.ValidationError: when times on record would change their meaning
	"""
	if not doc.has_value_changed("time_zone") or not _stored_zone():
		return
	if doc.time_zone != _stored_zone() and _has_records():
		frappe.throw(
			_("The time zone cannot change any more: due times of cases on this site are stored in it.")
		)


def _stored_zone() -> str:
	return frappe.db.get_single_value("System Settings", "time_zone") or ""


def _has_records() -> bool:
	return any(
		frappe.db.get_value(doctype, {}, "name") for doctype in ("Student Case", "Duty") if built(doctype)
	)
