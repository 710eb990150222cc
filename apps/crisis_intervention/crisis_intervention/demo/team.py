"""The crisis team of the demo school, who is on call, and who heads which unit."""

from datetime import datetime

import frappe
from frappe.utils import add_to_date, get_datetime, nowdate

from crisis_intervention.demo.accounts import PSYCHOLOGISTS

MEMBERS = (
	("Team Leader", "leader@example.com", "deputy@example.com"),
	("Deputy Leader", "deputy@example.com", "member@example.com"),
	("Team Member", "member@example.com", None),
	("Psychology Teacher", PSYCHOLOGISTS[0], PSYCHOLOGISTS[1]),
	("Psychology Teacher", PSYCHOLOGISTS[1], PSYCHOLOGISTS[2]),
	("Psychology Teacher", PSYCHOLOGISTS[2], PSYCHOLOGISTS[0]),
	("Moral Education Office", "office@example.com", None),
	("School Leader", "principal@example.com", None),
	("School Doctor", "doctor@example.com", None),
	("Security Officer", "security@example.com", None),
	("Academic Affairs", "academic@example.com", None),
)
HEADS = {
	"Moral Education Office": "office@example.com",
	"Psychology Teacher": PSYCHOLOGISTS[0],
	"School Doctor": "doctor@example.com",
	"Security Officer": "security@example.com",
	"Academic Affairs": "academic@example.com",
	"School Leader": "principal@example.com",
}
WEEKS_ON_CALL = 2
ON_CALL = {
	"Team Leader": "leader@example.com",
	"School Doctor": "doctor@example.com",
	"Security Officer": "security@example.com",
}


def make_team() -> None:
	"""Make the team, the on-call slots of the next two weeks and the heads of the units."""
	frappe.get_doc(
		{
			"doctype": "Crisis Team",
			"title": "校园心理危机干预小组",
			"enabled": 1,
			"from_date": "2026-09-01",
			"members": [
				{"function": function, "user": user, "deputy": deputy, "from_date": "2026-09-01"}
				for function, user, deputy in MEMBERS
			],
		}
	).insert()
	_make_on_call_slots()
	_name_heads()


def _make_on_call_slots() -> None:
	"""The term brings the weeks up to this one; here come those after it."""
	today = get_datetime(f"{nowdate()} 00:00:00")
	next_monday = add_to_date(today, days=7 - today.weekday())
	for week in range(WEEKS_ON_CALL):
		put_on_call(add_to_date(next_monday, days=7 * week))


def put_on_call(start: datetime) -> None:
	"""Put leader, doctor and security on call around the clock for a week.

	:param start: first moment of the week
	"""
	for function, user in ON_CALL.items():
		frappe.get_doc(
			{
				"doctype": "On-call Roster",
				"function": function,
				"user": user,
				"from_time": start,
				"to_time": add_to_date(start, days=7),
				"reachable_by": "手机",
			}
		).insert()


def _name_heads() -> None:
	settings = frappe.get_doc("Crisis Settings")
	for row in settings.units:
		row.head = HEADS.get(row.function)
	settings.save()
