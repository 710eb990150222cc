"""Is the plan covered: a version in force, a rule for each article, a measure for each level."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import getdate

from crisis_intervention.crisis_plan.people.context import built
from crisis_intervention.crisis_plan.plan_version import plan_in_force
from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, WARNING, Finding

# Articles that define or declare; they are traced to fields, timestamps and versions, not to duties.
WITHOUT_DUTY = frozenset((1, 2, 6, 10, 27))


def check_plan() -> Iterator[Finding]:
	"""Check plan, rules and levels against each other."""
	plan = plan_in_force(getdate())
	if not plan:
		yield Finding(ERROR, _("Crisis Plan"), "", _("No version of the plan is in force."))
		return
	yield from _articles(plan)
	yield from _disabled_rules()
	yield from _levels()


def _articles(plan: str) -> Iterator[Finding]:
	covered = set(frappe.get_all("Duty Rule", filters={"enabled": 1}, pluck="article"))
	for row in frappe.get_cached_doc("Crisis Plan", plan).articles:
		if row.number not in covered and row.number not in WITHOUT_DUTY:
			yield Finding(
				WARNING, _("Article without rule"), str(row.number), _("No enabled rule cites this article.")
			)


def _disabled_rules() -> Iterator[Finding]:
	for rule in frappe.get_all(
		"Duty Rule", filters={"enabled": 0}, fields=["name", "disabled_reason"], order_by="name asc"
	):
		yield Finding(WARNING, _("Disabled rule"), rule.name, rule.disabled_reason or "")


def _levels() -> Iterator[Finding]:
	if not built("Risk Level"):
		return
	for level in frappe.get_all(
		"Risk Level", filters={"enabled": 1, "requires_registry": 1}, fields=["name", "required_measures"]
	):
		if not (level.required_measures or "").strip():
			yield Finding(
				ERROR, _("Level without measure"), level.name, _("Say which measures this level requires.")
			)
