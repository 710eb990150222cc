"""Is the plan covered: a version in force, a rule for each article, a measure for each level."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import getdate

from crisis_intervention.crisis_plan.doctype.duty_rule.duty_rule import NUMBER_OF_ARTICLES, why_disabled
from crisis_intervention.crisis_plan.people.context import built
from crisis_intervention.crisis_plan.plan_version import plan_in_force
from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, WARNING, Finding

# Articles that define or declare call no duty; these fields hold what they say.
TRACED = {
	1: ("Crisis Settings", ("units",)),
	2: ("Awareness Activity", ()),
	6: ("Student Case", ("phase",)),
	10: ("Student Case", ("discovered_at", "reported_at", "assessed_at", "fed_back_at", "intervened_at")),
	27: ("Crisis Plan", ("version", "in_force_from")),
}


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
		if row.number not in covered and not is_traced(row.number):
			yield Finding(
				WARNING, _("Article without rule"), str(row.number), _("No enabled rule cites this article.")
			)
	for number in sorted(set(range(1, NUMBER_OF_ARTICLES + 1)) - _numbers(plan)):
		yield Finding(
			ERROR, _("Article missing"), str(number), _("The plan in force has no row for this article.")
		)


def _numbers(plan: str) -> set[int]:
	return {row.number for row in frappe.get_cached_doc("Crisis Plan", plan).articles}


def is_traced(article: int) -> bool:
	"""Say whether an article that calls no duty is held by fields of this site.

	:param article: number of the article
	"""
	doctype, fields = TRACED.get(article, ("", ()))
	if not built(doctype):
		return False
	found = [frappe.get_meta(doctype).get_field(field) for field in fields]
	# A customisation may have hidden one.
	return all(field and not field.hidden for field in found)


def _disabled_rules() -> Iterator[Finding]:
	for name in frappe.get_all("Duty Rule", filters={"enabled": 0}, pluck="name", order_by="name asc"):
		rule = frappe.get_doc("Duty Rule", name)
		missing = rule.missing_doctypes()
		reason = why_disabled(missing[0]) if missing else rule.disabled_reason or ""
		yield Finding(WARNING, _("Disabled rule"), name, reason)


def _levels() -> Iterator[Finding]:
	if not built("Risk Level"):
		return
	measured = set(frappe.get_all("Risk Level Measure", filters={"parenttype": "Risk Level"}, pluck="parent"))
	for level in frappe.get_all("Risk Level", filters={"enabled": 1, "requires_registry": 1}, pluck="name"):
		if level not in measured:
			yield Finding(
				ERROR, _("Level without measure"), level, _("Say which measures this level requires.")
			)
