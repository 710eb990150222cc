"""The thirteen roles, by name."""

import frappe

LEADER, MEMBER = "Crisis Team Leader", "Crisis Team Member"
PSYCHOLOGIST, CLASS_TEACHER, SUBJECT_TEACHER = "Psychology Teacher", "Class Teacher", "Subject Teacher"
MONITOR, OFFICE, SCHOOL_LEADER = "Class Monitor", "Moral Education Officer", "School Leader"
DOCTOR, SECURITY, ACADEMIC = "School Doctor", "Security Officer", "Academic Affairs"
ADMINISTRATOR, AUDITOR = "Crisis Administrator", "Crisis Auditor"

ALL_ROLES = (
	LEADER,
	MEMBER,
	PSYCHOLOGIST,
	CLASS_TEACHER,
	SUBJECT_TEACHER,
	MONITOR,
	OFFICE,
	SCHOOL_LEADER,
	DOCTOR,
	SECURITY,
	ACADEMIC,
	ADMINISTRATOR,
	AUDITOR,
)

# Staff who work with students; administrator and auditor do not.
STAFF = tuple(role for role in ALL_ROLES if role not in (MONITOR, ADMINISTRATOR, AUDITOR))

# Art. 1 and 7: who commands, decides and answers.
COMMAND = frozenset((LEADER, MEMBER, OFFICE, SCHOOL_LEADER))

# Class teachers read the case or the warning, but not whom it shuts out.
MAY_SEE_PERSONS = frozenset((LEADER, OFFICE, SCHOOL_LEADER, PSYCHOLOGIST))


def roles_of(user: str | None) -> frozenset[str]:
	"""Return the roles of a user, of the session's user by default."""
	return frozenset(frappe.get_roles(user or frappe.session.user))
