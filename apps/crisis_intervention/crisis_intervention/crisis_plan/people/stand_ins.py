"""What happens to open duties while somebody is away: the substitute takes what cannot wait (art. 5, 7)."""

from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.access.closures.jobs import fails_in_codes


def follow_absence(doc: Any, method: str | None = None) -> None:
	"""Let the substitute take over as soon as an absence that is on is entered.

	:param doc: Staff Absence document that was saved
	"""
	if get_datetime(doc.from_time) <= now_datetime() < get_datetime(doc.to_time):
		_move(doc.user, doc.to_time)


@fails_in_codes
def hand_over_absent() -> int:
	"""Let the substitutes of all who are away take over; safe to call at any time.

	:returns: how many duties moved
	"""
	now = now_datetime()
	away = frappe.get_all(
		"Staff Absence",
		filters={"from_time": ["<=", now], "to_time": [">", now]},
		fields=["user", "to_time"],
		order_by="from_time asc, name asc",
	)
	return sum(_move(row.user, row.to_time) for row in away)


def _move(user: str, until: Any) -> int:
	from crisis_intervention.crisis_plan.duties.reassignment import reassign_of_absent

	return len(reassign_of_absent(user, get_datetime(until)))
