"""Open cases in the order in which they are to be looked at again, and which were not reviewed this term."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, date_diff, getdate

from crisis_intervention.case_registry import figures
from crisis_intervention.case_registry.figures import column
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.clocks.periods import TERMLY, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar

FIELDS = ("current_level", "workflow_state", "school_class", "owner_user", "next_review")


def execute(filters: dict | None = None) -> tuple:
	"""Return the open cases that the reader may see with their reviews.

	:param filters: `owner_user`, `only_due` for those overdue or not reviewed this term (rule 24.1-TERM)
	"""
	chosen = frappe._dict(filters or {})
	wanted: dict[str, Any] = {"workflow_state": ["not in", CLOSED_STATES]}
	if chosen.owner_user:
		wanted["owner_user"] = chosen.owner_user
	cases = figures.visible_cases(FIELDS, wanted)
	last, first_of_term = _last_reviews(), period_of(getdate(), TERMLY, school_calendar()).first
	labels, titles = figures.levels(), figures.titles_of_classes()
	rows = [_row(case, last.get(case.name), first_of_term, labels, titles) for case in cases]
	if cint(chosen.only_due):
		rows = [row for row in rows if row["days_overdue"] > 0 or not row["this_term"]]
	return _columns(), sorted(rows, key=lambda row: (-row["days_overdue"], row["student_case"]))


def _columns() -> list[dict[str, Any]]:
	return [
		column("student_case", _("Student Case"), "Link", 150, options="Student Case"),
		column("level", _("Level"), width=150),
		column("school_class", _("Class"), width=130),
		column("state", _("State"), width=110),
		column("owner_user", _("Case owner"), "Link", 170, options="User"),
		column("next_review", _("Next review"), "Date", 110),
		column("days_overdue", _("Days overdue"), "Int", 100),
		column("last_review", _("Last review"), "Datetime", 150),
		column("this_term", _("Reviewed this term"), "Check", 120),
	]


def _row(case: Any, last: Any, first_of_term: Any, labels: dict, titles: dict) -> dict[str, Any]:
	overdue = date_diff(getdate(), case.next_review) if case.next_review else 0
	return {
		"student_case": case.name,
		"level": labels.get(case.current_level, case.current_level),
		"school_class": titles.get(case.school_class, ""),
		"state": _(case.workflow_state),
		"owner_user": case.owner_user,
		"next_review": case.next_review,
		"days_overdue": max(0, overdue),
		"last_review": last,
		"this_term": int(bool(last) and getdate(last) >= first_of_term),
	}


def _last_reviews() -> dict[str, Any]:
	rows = frappe.get_list(
		"Case Review",
		fields=["student_case", "reviewed_at"],
		order_by="reviewed_at asc",
		limit_page_length=0,
	)
	return {row.student_case: row.reviewed_at for row in rows}
