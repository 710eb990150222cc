from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import Context
from crisis_intervention.crisis_plan.people.resolver import Resolution, resolve

# A class and a case name their own person for these.
OF_A_STUDENT = frozenset((F.CLASS_TEACHER, F.CASE_MANAGER))


def execute(filters: dict | None = None) -> tuple:
	"""Return whom to call for each function at a moment, and whom if he is not reached (art. 5).

	:param filters: `at`, now by default
	"""
	at = get_datetime((filters or {}).get("at") or now_datetime())
	rows = [_row(function, at) for function in F.STANDING if function not in OF_A_STUDENT]
	return _columns(), rows


def _columns() -> list[dict[str, Any]]:
	columns = (
		("function", _("Function"), 140),
		("person", _("Person"), 110),
		("phone", _("Telephone"), 130),
		("reachable_by", _("Reachable by"), 130),
		("until", _("On call until"), 150),
		("instead", _("If not reached"), 130),
		("phone_instead", _("Telephone"), 130),
	)
	return [
		{"fieldname": name, "label": label, "fieldtype": "Data", "width": width}
		for name, label, width in columns
	]


def _row(function: str, at: datetime) -> dict[str, Any]:
	first = resolve(function, Context(), at)
	second = resolve(function, Context(), at, excluded=(first.user,))
	slot = _slot(function, first, at)
	return {
		"function": _(function),
		**_contact(first, "person", "phone"),
		"reachable_by": slot.reachable_by if slot else "",
		"until": f"{slot.to_time:%Y-%m-%d %H:%M}" if slot else "",
		**_contact(second, "instead", "phone_instead"),
	}


def _slot(function: str, found: Resolution, at: datetime) -> Any:
	slots = frappe.get_all(
		"On-call Roster",
		filters={"function": function, "user": found.user, "from_time": ["<=", at], "to_time": [">", at]},
		fields=["reachable_by", "to_time"],
		limit=1,
	)
	return slots[0] if slots else None


def _contact(found: Resolution, name: str, phone: str) -> dict[str, str]:
	if not found.found:
		return {name: "", phone: ""}
	user = frappe.db.get_value("User", found.user, ["full_name", "mobile_no", "phone"], as_dict=True)
	return {name: user.full_name or found.user, phone: user.mobile_no or user.phone or ""}
