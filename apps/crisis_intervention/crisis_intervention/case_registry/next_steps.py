"""What a case needs now, and which measures belong to its phase; both are shown, neither is enforced here."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_fullname, getdate, nowdate

from crisis_intervention.case_registry.states import CLOSED_STATES, ENTRY_OPENED, EXIT_PROPOSED

URGENT, RUNNING, SOON, WAITING = "Urgent", "Running", "Soon", "Waiting"
WATCH_BRANCH = "24-Hour Watch"


def next_steps(case: Any) -> list[dict[str, Any]]:
	"""Return what is to be done for an open case, the most urgent first.

	:param case: Student Case
	:returns: rows of `text`, `tone` and `doctype`, whose record does the step, empty when none does; `name`
		when the record is there
	"""
	if case.workflow_state in CLOSED_STATES:
		return []
	steps = [*_protection(case), *_feedback(case), *_planning(case), *_registry(case)]
	order = (URGENT, RUNNING, SOON, WAITING)
	return sorted(steps, key=lambda step: order.index(step["tone"]))


def level_of(case: Any) -> dict[str, Any]:
	"""Return label and colour of the level in force, for the head of the form."""
	fields = ["label", "label_en", "colour"]
	row = frappe.db.get_value("Risk Level", case.current_level, fields, as_dict=True) or {}
	english = not (frappe.local.lang or "").startswith("zh")
	return {
		"label": (row.get("label_en") if english else "") or row.get("label"),
		"colour": row.get("colour"),
	}


def measures_of(case: Any) -> list[dict[str, Any]]:
	"""Return the measures of the case's phase (art. 6) and those that its level requires (art. 15).

	:returns: rows of `code`, `label`, `kind`, `by_referral`, `description` and `required`
	"""
	required = set(required_measures(case.current_level))
	rows = frappe.get_all(
		"Measure Type",
		filters={"enabled": 1},
		or_filters={"phase": case.phase or "", "name": ["in", [*required, ""]]},
		fields=["code", "label", "label_en", "kind", "by_referral", "description"],
		order_by="code asc",
	)
	english = not (frappe.local.lang or "").startswith("zh")
	for row in rows:
		row.label = (row.label_en if english else "") or row.label
		row.required = row.code in required
	return sorted(rows, key=lambda row: not row.required)


def required_measures(level: str | None) -> list[str]:
	"""Return the codes of the measures in use that a level requires (art. 15), in the order of the level."""
	filters = {"parent": level or "", "parenttype": "Risk Level"}
	codes = frappe.get_all("Risk Level Measure", filters=filters, pluck="measure_type", order_by="idx asc")
	used = set(frappe.get_all("Measure Type", filters={"enabled": 1}, pluck="name"))
	return [code for code in dict.fromkeys(codes) if code in used]


def _step(text: str, tone: str, doctype: str = "") -> dict[str, Any]:
	return {"text": text, "tone": tone, "doctype": doctype}


def _protection(case: Any) -> Iterator[dict[str, Any]]:
	branch = frappe.get_cached_value("Risk Level", case.current_level, "branch") if case.current_level else ""
	if case.special_watch:
		yield _running_watch(case.special_watch)
	elif branch == WATCH_BRANCH:
		text = _("Nobody is recorded as being with the student. Begin the special watch.")
		yield _step(text, URGENT, "Special Watch")
	if cint(case.guardian_suspected):
		yield _step(_("A guardian may be the one who harms: the authority is told, not the family."), URGENT)
	elif not frappe.db.exists("Guardian Contact", {"student_case": case.name}):
		yield _step(_("The guardians have not been contacted for this case."), SOON, "Guardian Contact")


def _running_watch(name: str) -> dict[str, Any]:
	watch = frappe.db.get_value("Special Watch", name, ["observer", "place"], as_dict=True)
	text = _("A special watch is running. With the student: {0}, {1}.")
	return {
		**_step(text.format(get_fullname(watch.observer), watch.place), RUNNING, "Special Watch"),
		"name": name,
	}


def _feedback(case: Any) -> Iterator[dict[str, Any]]:
	if not case.fed_back_at:
		text = _("The result has not been fed back to the team and the class teacher.")
		yield _step(text, SOON, "Case Feedback")


def _planning(case: Any) -> Iterator[dict[str, Any]]:
	if not case.owner_user:
		yield _step(_("Nobody owns this case. Propose a hand-over."), URGENT, "Case Handover")
	plan = {"student_case": case.name, "status": "Current"}
	if case.urgency in ("Red", "Orange") and not frappe.db.exists("Safety Plan", plan):
		yield _step(_("There is no safety plan yet."), SOON, "Safety Plan")
	yield from _measures(case)
	if case.next_review and getdate(case.next_review) < getdate(nowdate()):
		yield _step(_("The review of this case is overdue."), SOON, "Case Review")


def _measures(case: Any) -> Iterator[dict[str, Any]]:
	if not case.intervention_plan:
		yield _step(_("There is no intervention plan yet."), SOON, "Intervention Plan")
		return
	fields = ["pending_level", "complete"]
	plan = frappe.db.get_value("Intervention Plan", case.intervention_plan, fields, as_dict=True) or {}
	if plan.get("complete"):
		return
	text = _("Required measures of the intervention plan lack a person or a time.")
	if plan.get("pending_level"):
		text = _("The level has risen. Fit the intervention plan to it.")
	step = _step(text, SOON)
	if frappe.has_permission("Intervention Plan", "read", doc=case.intervention_plan):
		step |= {"doctype": "Intervention Plan", "name": case.intervention_plan}
	yield step


def _registry(case: Any) -> Iterator[dict[str, Any]]:
	waiting = {"student_case": case.name, "state": "Offered"}
	if case.workflow_state == ENTRY_OPENED:
		yield _step(_("The moral education office has not confirmed the entry yet."), WAITING)
	if case.workflow_state == EXIT_PROPOSED:
		yield _step(_("The exit waits for a second person."), WAITING)
	if frappe.db.exists("Case Handover", waiting):
		yield _step(_("A hand-over waits for its answer."), WAITING)
