"""Who hears the result of an assessment: the team, the office and the class teacher (art. 14)."""

import frappe
from frappe.utils import getdate

from crisis_intervention.case_registry.concerns import users_of_concern
from crisis_intervention.early_warning.monitors import in_office

# Functions of the team that decide and act on the result.
FUNCTIONS = ("Team Leader", "Deputy Leader", "Team Member", "Moral Education Office")


def recipients_of_feedback(student: str) -> list[str]:
	"""Return the enabled users to whom a result goes, without persons of concern.

	:param student: code of the Student Profile
	"""
	barred = users_of_concern(student)
	people = dict.fromkeys([*_team(), *_class_teacher(student)])
	return [user for user in people if user not in barred and frappe.db.get_value("User", user, "enabled")]


def _team() -> list[str]:
	today = getdate()
	rows = frappe.get_all(
		"Crisis Team Member",
		filters={"function": ["in", FUNCTIONS], "parenttype": "Crisis Team"},
		fields=["user", "from_date", "to_date", "parent"],
		order_by="parent, idx",
	)
	teams = set(frappe.get_all("Crisis Team", filters={"enabled": 1}, pluck="name"))
	return [row.user for row in rows if row.parent in teams and in_office(row.from_date, row.to_date, today)]


def _class_teacher(student: str) -> list[str]:
	school_class = frappe.db.get_value("Student Profile", student, "school_class")
	teacher = frappe.db.get_value("School Class", school_class, "class_teacher") if school_class else None
	return [teacher] if teacher else []
