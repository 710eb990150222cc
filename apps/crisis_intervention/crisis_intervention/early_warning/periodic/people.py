"""Who may report for a class or for a colleague, today."""

import frappe
from frappe.utils import getdate, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.early_warning.monitors import in_office


def classes_of_teacher(user: str, doctype: str) -> list[str]:
	"""List the classes for which somebody files a teacher's report (art. 12 and 26).

	These are the classes of class teacher and deputy, those of an absent colleague whom the user stands in
	for, and those whose report duty was given to the user.

	:param user: name of the user
	:param doctype: the kind of report
	:returns: codes, in the order of their titles
	"""
	teachers = {"class_teacher": ["in", [user, *absent_colleagues(user)]]}
	own = [*_classes(teachers), *_classes({"deputy_teacher": user})]
	return _in_use([*own, *subjects_of_duties(user, doctype)])


def classes_of_monitor(user: str) -> list[str]:
	"""List the classes whose psychology monitor the user is today (art. 9)."""
	rows = frappe.get_all(
		"School Class Monitor", filters={"user": user}, fields=["parent", "from_date", "to_date"]
	)
	today = getdate()
	return _in_use([row.parent for row in rows if in_office(row.from_date, row.to_date, today)])


def classes_of_psychologist(user: str) -> list[str]:
	"""List the classes of a psychology teacher; one without psychology teacher belongs to all of them."""
	if roles.PSYCHOLOGIST not in roles.roles_of(user):
		return []
	theirs = {"psychology_teacher": ["in", [user, *absent_colleagues(user)]]}
	return _in_use([*_classes(theirs), *_classes({"psychology_teacher": ["is", "not set"]})])


def psychologists_reported_by(user: str, doctype: str) -> list[str]:
	"""List the psychology teachers whose week the user may report: the own, and that of who is absent."""
	people = [user, *absent_colleagues(user)]
	own = [person for person in people if roles.PSYCHOLOGIST in roles.roles_of(person)]
	return list(dict.fromkeys([*own, *subjects_of_duties(user, doctype)]))


def absent_colleagues(user: str) -> list[str]:
	"""List whom the user stands in for at this moment."""
	now = now_datetime()
	filters = {"substitute": user, "from_time": ["<=", now], "to_time": [">", now]}
	return frappe.get_all("Staff Absence", filters=filters, pluck="user")


def subjects_of_duties(user: str, doctype: str) -> list[str]:
	"""List the classes or persons on which the user owes a report, because the duty was given to him."""
	fulfilled = [rule.name for rule in rules().evidence.get(doctype, ())]
	filters = {
		"responsible": user,
		"state": ["in", UNFULFILLED],
		"rule": ["in", fulfilled or [""]],
		"reference_doctype": ["in", ["School Class", "User"]],
	}
	found = frappe.get_all("Duty", filters=filters, pluck="reference_name", order_by="reference_name asc")
	return list(dict.fromkeys(found))


def _in_use(classes: list[str]) -> list[str]:
	return _classes({"name": ["in", classes or [""]]})


def _classes(filters: dict) -> list[str]:
	filters = {"enabled": 1, **filters}
	return frappe.get_all("School Class", filters=filters, pluck="name", order_by="grade, title, name")
