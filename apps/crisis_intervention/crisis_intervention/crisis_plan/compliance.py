"""Compliance by article: how many duties arose, and how they were met."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate

from crisis_intervention.crisis_plan.duties.states import DONE, DONE_LATE, OPEN, OVERDUE, TAKEN_OVER, WAIVED


@dataclass
class ArticleCount:
	"""Duties of one article by state."""

	article: int
	states: dict[str, int] = field(default_factory=lambda: defaultdict(int))

	@property
	def total(self) -> int:
		"""All duties that arose."""
		return sum(self.states.values())

	@property
	def judged(self) -> int:
		"""Duties of which it is known whether they were met in time."""
		return sum(self.states[state] for state in (DONE, DONE_LATE, OVERDUE))

	@property
	def percent_in_time(self) -> float | None:
		"""Share met in time in percent, None while nothing can be judged."""
		return round(100 * self.states[DONE] / self.judged, 1) if self.judged else None

	def as_row(self, title: str) -> dict:
		"""Return the row of the report."""
		return {
			"article": self.article,
			"title": title,
			"total": self.total,
			"in_time": self.states[DONE],
			"late": self.states[DONE_LATE],
			"open": self.states[OPEN],
			"overdue": self.states[OVERDUE],
			"waived": self.states[WAIVED],
			"taken_over": self.states[TAKEN_OVER],
			"percent_in_time": self.percent_in_time,
		}


def count_by_article(first: date, last: date, article: int | None = None) -> list[ArticleCount]:
	"""Count the duties that arose in a range of days, by article.

	:param first: first day
	:param last: last day, included
	:param article: one article only
	"""
	duty = frappe.qb.DocType("Duty")
	query = (
		frappe.qb.from_(duty)
		.select(duty.article, duty.state, Count(duty.name).as_("number"))
		.where((duty.raised_at >= getdate(first)) & (duty.raised_at < getdate(add_days(last, 1))))
		.groupby(duty.article, duty.state)
	)
	if article:
		query = query.where(duty.article == article)
	counts: dict[int, ArticleCount] = {}
	for row in query.run(as_dict=True):
		counts.setdefault(row.article, ArticleCount(row.article)).states[row.state] += row.number
	return [counts[number] for number in sorted(counts)]


def titles_of_articles() -> dict[int, str]:
	"""Return the titles of the plan in force, in the reader's language."""
	from crisis_intervention.crisis_plan.plan_version import plan_in_force

	plan = plan_in_force(getdate())
	if not plan:
		return {}
	chosen = "title_zh" if (frappe.local.lang or "").startswith("zh") else "title_en"
	return {row.number: row.get(chosen) for row in frappe.get_cached_doc("Crisis Plan", plan).articles}
