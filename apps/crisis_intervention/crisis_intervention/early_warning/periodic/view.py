"""Which classes and persons a user may look at in the reports about periodic reports."""

from typing import Any

import frappe

from crisis_intervention.access import roles
from crisis_intervention.crisis_plan.people.functions import PSYCHOLOGY_TEACHER
from crisis_intervention.crisis_plan.people.resolver import holders
from crisis_intervention.early_warning.periodic import people
from crisis_intervention.early_warning.periodic.periods import CLASS_WEEK, PSYCHOLOGY_WEEK

FIELDS = ("name", "title", "grade", "class_teacher", "psychology_teacher", "creation")


def classes_in_view(user: str) -> list[Any]:
	"""List the classes in use whose reporting a user answers for or is concerned with.

	Command sees the school, psychology teachers and class teachers see their classes.

	:param user: name of the user, the one of the session
	:returns: rows with the `FIELDS`
	"""
	classes = frappe.get_list(
		"School Class",
		filters={"enabled": 1},
		fields=list(FIELDS),
		order_by="grade asc, title asc",
		limit_page_length=0,
	)
	if roles.COMMAND & roles.roles_of(user):
		return classes
	own = {*people.classes_of_psychologist(user)}
	if roles.CLASS_TEACHER in roles.roles_of(user):
		own.update(people.classes_of_teacher(user, CLASS_WEEK))
	return [row for row in classes if row.name in own]


def psychologists_in_view(user: str) -> list[str]:
	"""List the psychology teachers whose weekly reports a user answers for: command all, others the own."""
	if roles.COMMAND & roles.roles_of(user):
		return holders(PSYCHOLOGY_TEACHER)
	return people.psychologists_reported_by(user, PSYCHOLOGY_WEEK)
