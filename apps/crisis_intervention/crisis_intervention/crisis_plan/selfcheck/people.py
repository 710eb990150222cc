"""Can everybody be reached: each function of each rule, substitutes, the on-call roster of the next week."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.candidates import candidates, team_names
from crisis_intervention.crisis_plan.people.context import Context, built
from crisis_intervention.crisis_plan.people.on_call import uncovered
from crisis_intervention.crisis_plan.people.resolver import resolve
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, WARNING, Finding

# These are found through the class or the report, not once for the school.
BY_CLASS = frozenset((F.CLASS_TEACHER, F.CLASS_MONITOR, F.REPORTER, F.NAMED_PERSON, F.RESPONSIBLE_PERSON))
ROSTER_DAYS = timedelta(days=7)


def check_people() -> Iterator[Finding]:
	"""Check that no duty would be left without a person."""
	yield from _functions()
	yield from _classes()
	yield from _substitutes()
	yield from _roster()


def needed_functions() -> dict[str, str]:
	"""Return the functions that enabled rules call, each with one rule that calls it."""
	needed: dict[str, str] = {}
	for rule in rules().by_name.values():
		for function in (rule.responsible, *(step.recipient for step in rule.steps)):
			needed.setdefault(function, rule.name)
	return needed


def _functions() -> Iterator[Finding]:
	now = now_datetime()
	for function, rule in sorted(needed_functions().items()):
		if function in BY_CLASS:
			continue
		found = resolve(function, Context(), now)
		if not found.found:
			yield Finding(
				ERROR,
				_("Rule without reachable person"),
				rule,
				_("Nobody fills the function {0}.").format(_(function)),
			)
		elif not frappe.has_permission("Duty", "read", user=found.user):
			yield Finding(
				ERROR,
				_("Person without permission"),
				found.user,
				_("Whoever fills the function {0} may not read duties and would get no message.").format(
					_(function)
				),
			)


def _classes() -> Iterator[Finding]:
	if not built("School Class"):
		return
	for field in ("class_teacher", "psychology_teacher"):
		label = _(frappe.get_meta("School Class").get_label(field))
		without = {"enabled": 1, field: ["is", "not set"]}
		for name in frappe.get_all("School Class", filters=without, pluck="name", order_by="name asc"):
			yield Finding(ERROR, _("Class without person"), name, _("Fill the field {0}.").format(label))


def _substitutes() -> Iterator[Finding]:
	filled: dict[str, int] = {}
	for team in team_names(now_datetime().date()):
		for row in frappe.get_cached_doc("Crisis Team", team).members:
			filled[row.function] = filled.get(row.function, 0) + 1 + bool(row.deputy)
	for function in set(needed_functions()) - BY_CLASS - set(filled):
		filled[function] = len(_who_could(function))
	for function, persons in sorted(filled.items()):
		# Without anybody at all the rule itself is reported.
		if persons == 1:
			yield Finding(
				WARNING, _("Function without substitute"), _(function), _("Name a deputy or a second member.")
			)


def _who_could(function: str) -> set[str]:
	"""Return everybody who comes into question for a function that no team names."""
	found = candidates(function, Context(), now_datetime())
	people = {user for one in found for user in (one.user, one.deputy) if user and user != "Administrator"}
	return {user for user in people if frappe.db.get_value("User", user, "enabled")}


def _roster() -> Iterator[Finding]:
	now = now_datetime()
	until = now + ROSTER_DAYS
	if not frappe.db.exists("On-call Roster", {"to_time": [">", now], "from_time": ["<", until]}):
		yield Finding(ERROR, _("On-call roster"), "", _("Nobody is on call in the next seven days."))
		return
	for function, spans in uncovered(now, until).items():
		for begins, ends in spans:
			yield Finding(
				ERROR,
				_("On-call roster"),
				_(function),
				_("Nobody is on call from {0} to {1}.").format(_minute(begins), _minute(ends)),
			)


def _minute(moment: datetime) -> str:
	return f"{moment:%m-%d %H:%M}"
