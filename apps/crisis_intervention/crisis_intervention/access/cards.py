"""Numbers of the workspace, counted over what the user may read and never cached."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.access import roles
from crisis_intervention.case_registry.states import CLOSED_STATES, ENTRY_OPENED

ACKNOWLEDGE = frozenset((roles.LEADER, roles.MEMBER, roles.PSYCHOLOGIST, roles.OFFICE))
APPROVE = frozenset((roles.LEADER, roles.SCHOOL_LEADER))
READ_WEEKLY = frozenset((roles.LEADER,))
CONFIRM = frozenset((roles.OFFICE, roles.LEADER, roles.PSYCHOLOGIST))
# What a card is for that not every reader of its DocType has to do.
MEANT_FOR = {
	"reports_to_acknowledge": ACKNOWLEDGE,
	"reports_to_assess": ACKNOWLEDGE,
	"weekly_reports_to_read": READ_WEEKLY,
	"entries_to_confirm": CONFIRM,
	"access_requests_to_decide": APPROVE,
	"changes_to_approve": APPROVE,
}
UNFULFILLED = ("Open", "Overdue")


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, **kwargs: Any) -> bool:
	"""Keep a card of this module from the workspace of whoever it would be refused to.

	Args:
		doc: Number Card.
		user: who looks; None is the session's user.
	"""
	module, _dot, name = (doc.get("method") or "").rpartition(".")
	if module != __name__:
		return True
	return frappe.has_permission(doc.document_type, "read", user=user) and _is_meant_for(name, user)


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the SQL condition of a list of cards, for the same answer as `has_permission`."""
	cards = frappe.get_all(
		"Number Card",
		filters={"method": ["like", f"{__name__}.%"]},
		fields=["name", "method", "document_type"],
	)
	hidden = [frappe.db.escape(card.name) for card in cards if not has_permission(card, user=user)]
	return f"`tabNumber Card`.name not in ({', '.join(hidden)})" if hidden else ""


def _is_meant_for(name: str, user: str | None) -> bool:
	return name not in MEANT_FOR or bool(MEANT_FOR[name] & roles.roles_of(user))


@frappe.whitelist()
def my_open_duties(filters: Any = None) -> dict[str, Any]:
	"""Return how many duties wait for the user."""
	return _card("Duty", {"responsible": frappe.session.user, "state": ["in", UNFULFILLED]})


@frappe.whitelist()
def overdue_duties(filters: Any = None) -> dict[str, Any]:
	"""Return how many duties that the user may see are overdue."""
	return _card("Duty", {"state": "Overdue"})


@frappe.whitelist()
def reports_to_acknowledge(filters: Any = None) -> dict[str, Any]:
	"""Return how many reports nobody has acknowledged."""
	return _card("Warning Report", {"status": "New"}, "reports_to_acknowledge")


@frappe.whitelist()
def reports_to_assess(filters: Any = None) -> dict[str, Any]:
	"""Return how many reports wait for an assessment (art. 13)."""
	return _card("Warning Report", {"status": ["in", ("New", "Acknowledged")]}, "reports_to_assess")


@frappe.whitelist()
def open_cases(filters: Any = None) -> dict[str, Any]:
	"""Return how many entries of the registry are open."""
	return _card("Student Case", {"workflow_state": ["not in", CLOSED_STATES]})


@frappe.whitelist()
def entries_to_confirm(filters: Any = None) -> dict[str, Any]:
	"""Return how many entries the moral education office has not confirmed (art. 24.1)."""
	return _card("Student Case", {"workflow_state": ENTRY_OPENED}, "entries_to_confirm")


@frappe.whitelist()
def requests_for_help(filters: Any = None) -> dict[str, Any]:
	"""Return how many requests for help nobody has answered (art. 19)."""
	return _card("Help Request", {"status": "New"})


@frappe.whitelist()
def barometers_to_decide(filters: Any = None) -> dict[str, Any]:
	"""Return how many barometers wait for the psychology teacher's decision (art. 22)."""
	return _card("Barometer Review", {"outcome": ["is", "not set"]})


@frappe.whitelist()
def results_to_look_at(filters: Any = None) -> dict[str, Any]:
	"""Return how many results of a screening ask for a look by a person (art. 11)."""
	waiting = {"review_outcome": ["is", "not set"], "blocked": 0}
	return _card("Screening Result", {**waiting, "flagged": 1})


@frappe.whitelist()
def weekly_reports_to_read(filters: Any = None) -> dict[str, Any]:
	"""Return how many weekly reports with students of note the team leader has not read (art. 12)."""
	unread = {"students_of_note": [">", 0], "acknowledged_at": ["is", "not set"]}
	return _card("Class Weekly Report", unread, "weekly_reports_to_read")


@frappe.whitelist()
def access_requests_to_decide(filters: Any = None) -> dict[str, Any]:
	"""Return how many requests for access wait for a decision (art. 24.6)."""
	return _card("Access Grant", {"state": "Requested"}, "access_requests_to_decide")


@frappe.whitelist()
def changes_to_approve(filters: Any = None) -> dict[str, Any]:
	"""Return how many changes that would open cases wait for the team leader (art. 24.6)."""
	return _card("Access Change", {"state": "Requested"}, "changes_to_approve")


def _card(doctype: str, filters: dict[str, Any], name: str = "") -> dict[str, Any]:
	"""Count what a user may read; a card that is meant for other roles is refused, not shown empty."""
	frappe.has_permission(doctype, "read", throw=True)
	if not _is_meant_for(name, None):
		frappe.throw(_("This number is meant for others."), frappe.PermissionError)
	number = len(frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0))
	return {
		"value": number,
		"fieldtype": "Int",
		"route": ["List", doctype, "List"],
		"route_options": filters,
	}
