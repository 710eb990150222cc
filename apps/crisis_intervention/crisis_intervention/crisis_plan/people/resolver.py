"""From a function of the plan to one person who can act now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe

from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.absence import absence_of
from crisis_intervention.crisis_plan.people.candidates import (
	ROLE,
	Candidate,
	candidates,
	candidates_of_role,
)
from crisis_intervention.crisis_plan.people.concerns import users_of_concern
from crisis_intervention.crisis_plan.people.context import Context

# A substitute may be away too, and name a substitute; a ring of them must end.
LONGEST_CHAIN = 4
SUBSTITUTE, DEPUTY = "Substitute", "Deputy"


@dataclass(frozen=True)
class Resolution:
	"""The person found for a function, or none, and the way he was found."""

	user: str
	function: str
	via: str

	@property
	def found(self) -> bool:
		"""Whether anybody was found."""
		return bool(self.user)


NOBODY = Resolution("", "", "")


def resolve(function: str, context: Context, at: datetime, excluded: Iterable[str] = ()) -> Resolution:
	"""Find the person who fills a function for a student at a moment (art. 5, 7, 12).

	Persons of concern of the student and the excluded are passed over, whoever is away is replaced by the
	substitute or the named deputy, and a function without anybody goes up the line of command.

	:param function: function of the plan
	:param at: moment at which the person must be reachable
	:param excluded: further users who must not be chosen
	:returns: a resolution without user when nobody is left
	"""
	barred = users_of_concern(context.student) | frozenset(excluded)
	is_usable = _usable(barred)
	for asked in (function, *F.INSTEAD_OF.get(function, ())):
		found = pick(
			candidates(asked, context, at), is_usable=is_usable, absence=lambda user: absence_of(user, at)
		)
		if found:
			return Resolution(found[0], asked, found[1])
	return Resolution("", function, "")


def holders(function: str) -> list[str]:
	"""List the users who hold the role behind a function, each of whom the plan asks in person.

	:param function: function of the plan
	"""
	is_usable = _usable(frozenset())
	found = candidates_of_role(function)
	return [user for user in dict.fromkeys(candidate.user for candidate in found) if is_usable(user)]


def in_person(function: str, user: str, at: datetime) -> Resolution:
	"""Return the person himself, or who stands in while he is away; nobody else comes into question.

	:param function: function of the plan
	:param user: the person
	:param at: the moment
	"""
	found = pick(
		[Candidate(user, "", ROLE)],
		is_usable=_usable(frozenset()),
		absence=lambda other: absence_of(other, at),
	)
	return Resolution(found[0], function, found[1]) if found else Resolution("", function, "")


def pick(
	people: Iterable[Candidate],
	is_usable: Callable[[str], bool],
	absence: Callable[[str], tuple[bool, str]],
) -> tuple[str, str] | None:
	"""Choose the first candidate who is present and usable, or the one who stands in.

	:param is_usable: says whether a user may be chosen at all
	:param absence: says whether a user is away, and who is the substitute
	:returns: user and the way found, or None
	"""
	for candidate in people:
		for user, via in ((candidate.user, candidate.via), (candidate.deputy, DEPUTY)):
			found = _present(user, via, is_usable, absence)
			if found:
				return found
	return None


def _present(user: str, via: str, is_usable: Callable, absence: Callable) -> tuple[str, str] | None:
	"""Follow the chain of substitutes from a person to somebody who is present."""
	for _ in range(LONGEST_CHAIN):
		if not user:
			return None
		away, substitute = absence(user)
		if not away:
			return (user, via) if is_usable(user) else None
		user, via = substitute, SUBSTITUTE
	return None


def _usable(barred: frozenset[str]) -> Callable[[str], bool]:
	def is_usable(user: str) -> bool:
		if user in barred or user in ("Administrator", "Guest"):
			return False
		return bool(frappe.db.get_value("User", user, "enabled", cache=True))

	return is_usable
