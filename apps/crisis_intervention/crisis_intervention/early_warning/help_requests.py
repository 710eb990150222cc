"""Requests for help (art. 19): what a guest may send, and the telephone numbers everybody is shown."""

from typing import Any

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

# A school is behind one address: so many within an hour are a flood, not students.
GUESTS_PER_HOUR = 60
NATIONAL_LINE, POLICE, AMBULANCE = "12356", "110", "120"
PUBLIC_FIELDS = ("help_line", "help_phone", "help_place")


def telephone_numbers() -> dict[str, str]:
	"""Return what stands on the page for everybody, also for those who send nothing.

	:returns: `line` (24 hours), `police`, `ambulance`, `school` and `place`, the latter two may be empty
	"""
	line, school, place = (
		frappe.db.get_single_value("Crisis Settings", fieldname) or "" for fieldname in PUBLIC_FIELDS
	)
	return {
		"line": line or NATIONAL_LINE,
		"police": POLICE,
		"ambulance": AMBULANCE,
		"school": school,
		"place": place,
	}


def limit_guests(request: Any) -> None:
	"""Refuse a flood of requests from one address; the refusal names the telephone numbers.

	:param request: Help Request that a guest sends
	:raises frappe.ValidationError: beyond the limit
	"""
	if frappe.session.user != "Guest":
		return
	try:
		_count()
	except frappe.RateLimitExceededError:
		frappe.clear_last_message()
		numbers = telephone_numbers()
		text = _("Too many requests came from here. Call {0}, in danger {1} or {2}.")
		frappe.throw(
			text.format(numbers["line"], numbers["police"], numbers["ambulance"]),
			frappe.RateLimitExceededError,
		)


@rate_limit(limit=GUESTS_PER_HOUR, seconds=60 * 60)
def _count() -> None:
	"""Count one call of the sender's address."""


def check_reachable(request: Any) -> None:
	"""Ask for what is needed to come back to the student; whoever is in danger is never sent back.

	:raises frappe.ValidationError: for a telephone without number, a class teacher without name and class
	"""
	if request.urgent:
		return
	if request.reach_by == "Telephone or Message" and not (request.reach_at or "").strip():
		frappe.throw(_("Write the number or account at which we reach you."))
	known = (request.their_name or "").strip() and (request.their_class or "").strip()
	if request.reach_by == "Through My Class Teacher" and not known:
		frappe.throw(_("Write your name and class, so that your class teacher finds you."))
