"""A school for scenarios: everybody acts as himself, at a time the scenario names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import frappe

from crisis_intervention.crisis_plan.dispatch.sending import send_queued
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.duties.tick import tick
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_warning_report, person


class ScenarioTestCase(DutyTestCase):
	"""Plays an article of the plan as real users of the roles, with the clock moved."""

	# Frappe spells a time on the full second in two ways and then sees a conflict: stay off it.
	day = datetime(2026, 11, 26, microsecond=100000)

	def at(self, clock: str, days: int = 0) -> datetime:
		"""Return a time of the scenario's day.

		:param clock: as `14:30`
		:param days: days after the scenario's day
		"""
		hour, minute = map(int, clock.split(":"))
		return self.day + timedelta(days=days, hours=hour, minutes=minute)

	def tearDown(self) -> None:
		"""Whatever a scenario played, nothing that travels or is logged gives anybody away."""
		frappe.set_user("Administrator")
		assert_nothing_leaks(self)
		super().tearDown()

	@contextmanager
	def acting(self, key: str, clock: str, days: int = 0) -> Iterator[None]:
		"""Act as a person of the school at a time.

		:param key: as in `factories.PEOPLE`
		"""
		with self.freeze_time(self.at(clock, days)), self.as_user(person(key)):
			yield

	def report_at(
		self, clock: str, by: str = "subject_teacher", seen: str | None = None, **fields: Any
	) -> Any:
		"""File a warning report.

		:param clock: time of the entry
		:param seen: time of the event, the entry's by default
		"""
		with self.freeze_time(self.at(clock)):
			return make_warning_report(
				by=person(by), student=self.student.name, event_time=self.at(seen or clock), **fields
			)

	def let_time_pass(self, first: str, last: str, every: int = 5) -> None:
		"""Tick and send as the scheduler does, from one time of the day to another.

		:param last: as `14:30`; `26:30` is half past two in the night that follows
		:param every: minutes between two ticks
		"""
		moment, end = self.at(first), self.at(last)
		while moment <= end:
			self.tick_and_send(f"{moment:%H:%M}", (moment - self.day).days)
			moment += timedelta(minutes=every)

	def tick_and_send(self, clock: str, days: int = 0) -> None:
		"""Tick and send once, as the scheduler does.

		:param days: days after the scenario's day
		"""
		with self.freeze_time(self.at(clock, days)):
			tick()
			send_queued()

	def duties(self, **filters: Any) -> dict[str, Any]:
		"""Return the duties about the scenario's student by their rule."""
		rows = frappe.get_all("Duty", filters={"student": self.student.name, **filters}, fields=["*"])
		return {row.rule: row for row in rows}

	def told(self, rule: str) -> list[tuple[str, str]]:
		"""Return who was told of a duty when, as the ledger shows it: times as `16:10` and users."""
		duty = self.duties()[rule]
		rows = frappe.get_all(
			"Duty Log",
			filters={"duty": duty.name, "step": ["in", ("Raised", "Reminder", "Escalation")]},
			fields=["at", "recipient"],
			order_by="at asc, name asc",
		)
		return [(row.at.strftime("%H:%M"), row.recipient) for row in rows]
