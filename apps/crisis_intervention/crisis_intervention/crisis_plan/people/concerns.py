"""Persons of concern: who must not hear of a student's matters."""

from crisis_intervention.crisis_plan.people.context import built


def users_of_concern(student: str | None) -> frozenset[str]:
	"""Return the users who are persons of concern in any case of a student.

	:param student: code of the Student Profile
	"""
	if not student or not built("Student Case"):
		return frozenset()
	from crisis_intervention.case_registry import concerns

	return frozenset(concerns.users_of_concern(student))


def students_of_concern(user: str) -> frozenset[str]:
	"""Return the students in whose cases a user is a person of concern.

	:param user: name of the user
	"""
	if not user or not built("Student Case"):
		return frozenset()
	from crisis_intervention.case_registry import concerns

	return frozenset(concerns.students_of_concern(user))
