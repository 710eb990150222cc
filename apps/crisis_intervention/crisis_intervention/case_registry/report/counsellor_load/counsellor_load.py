"""Who carries how much: open cases, duties and reviews of each case owner, so that work can be shared out."""

from collections import Counter, defaultdict
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from crisis_intervention.case_registry import figures
from crisis_intervention.case_registry.figures import column
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED

FIELDS = ("owner_user", "deputy_user", "urgency", "next_review", "special_watch")
SOON_DAYS = 7


def execute(filters: dict | None = None) -> tuple:
	"""Return a row per owner over the open cases and duties that the reader may see."""
	cases = figures.visible_cases(FIELDS, {"workflow_state": ["not in", CLOSED_STATES]})
	owned: dict[str, list[Any]] = defaultdict(list)
	for case in cases:
		owned[case.owner_user or ""].append(case)
	duties = _duties()
	deputies = Counter(case.deputy_user for case in cases if case.deputy_user)
	names = _names([*owned, *deputies])
	people = sorted({*owned, *deputies}, key=lambda user: (-len(owned.get(user, ())), names.get(user, user)))
	rows = [
		_row(user, names.get(user, user), owned.get(user, []), duties[user], deputies[user])
		for user in people
	]
	return _columns(), rows, None, _chart(rows)


def _columns() -> list[dict[str, Any]]:
	return [
		column("person", _("Case owner"), width=160),
		column("cases", _("Open cases"), "Int", 90),
		column("red", _("Red"), "Int", 70),
		column("orange", _("Orange"), "Int", 70),
		column("yellow", _("Yellow"), "Int", 70),
		column("deputy", _("As deputy"), "Int", 120),
		column("watches", _("Watches running"), "Int", 110),
		column("duties", _("Open duties"), "Int", 100),
		column("overdue", _("Overdue duties"), "Int", 110),
		column("reviews_soon", _("Reviews within 7 days"), "Int", 130),
		column("reviews_overdue", _("Reviews overdue"), "Int", 110),
	]


def _row(user: str, name: str, cases: list[Any], duties: Counter, deputy: int) -> dict[str, Any]:
	urgencies = Counter(case.urgency for case in cases)
	today = getdate()
	reviews = [getdate(case.next_review) for case in cases if case.next_review]
	return {
		"user": user,
		"person": name or _("No owner"),
		"cases": len(cases),
		"red": urgencies["Red"],
		"orange": urgencies["Orange"],
		"yellow": urgencies["Yellow"],
		"deputy": deputy,
		"watches": sum(bool(case.special_watch) for case in cases),
		"duties": duties["open"],
		"overdue": duties["overdue"],
		"reviews_soon": sum(today <= day <= getdate(add_days(today, SOON_DAYS)) for day in reviews),
		"reviews_overdue": sum(day < today for day in reviews),
	}


def _duties() -> dict[str, Counter]:
	now = now_datetime()
	found: dict[str, Counter] = defaultdict(Counter)
	for duty in frappe.get_list(
		"Duty",
		filters={"state": ["in", UNFULFILLED], "responsible": ["is", "set"]},
		fields=["responsible", "due_at"],
		limit_page_length=0,
	):
		found[duty.responsible]["open"] += 1
		found[duty.responsible]["overdue"] += bool(duty.due_at and duty.due_at < now)
	return found


def _names(users: list[str]) -> dict[str, str]:
	rows = frappe.get_all("User", filters={"name": ["in", [*users, ""]]}, fields=["name", "full_name"])
	return {row.name: row.full_name or row.name for row in rows}


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
	series = (("red", _("Red")), ("orange", _("Orange")), ("yellow", _("Yellow")))
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["red", "orange", "yellow"],
		"data": {
			"labels": [row["person"] for row in rows],
			"datasets": [{"name": label, "values": [row[key] for row in rows]} for key, label in series],
		},
	}
