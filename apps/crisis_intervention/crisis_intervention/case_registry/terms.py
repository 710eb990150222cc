"""Terms of the school, the newest first, as reports offer them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from crisis_intervention.crisis_plan.clocks.periods import TERMLY, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar

TERMS_BACK = 8


@dataclass(frozen=True)
class Term:
	"""A term with its key, its first day, and the last day before the next one begins."""

	key: str
	first: date
	last: date

	@property
	def label(self) -> str:
		"""The months of the term, as people read them."""
		return _("{0} to {1}").format(f"{self.first:%Y-%m}", f"{self.last:%Y-%m}")


def terms() -> list[Term]:
	"""Return the current term and those before it, each reaching to the day before the next.

	Days of vacation belong to the term before them, so that no entry falls between two terms.
	"""
	calendar, today = school_calendar(), getdate()
	found: list[Term] = []
	day, until = today, None
	for _number in range(TERMS_BACK):
		period = period_of(day, TERMLY, calendar)
		found.append(Term(period.key, period.first, until or max(period.last, today)))
		until = getdate(add_days(period.first, -1))
		day = until
	return found


def chosen_term(key: str | None) -> Term:
	"""Return the term of a key, the current one when there is none of that key."""
	known = terms()
	return next((term for term in known if term.key == key), known[0])


@frappe.whitelist()
def options() -> list[dict[str, Any]]:
	"""Return the terms as the choices of a filter."""
	return [{"value": term.key, "label": term.label} for term in terms()]
