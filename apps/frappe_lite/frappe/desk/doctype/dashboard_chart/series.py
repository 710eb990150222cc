"""Steps of time series; pure functions over dates."""

from __future__ import annotations

import datetime

from frappe.utils import add_days, add_months, formatdate, get_first_day, getdate

MONTHS = {"Last Year": 12, "Last Quarter": 3, "Last Month": 1}
STEP_MONTHS = {"Monthly": 1, "Quarterly": 3, "Yearly": 12}


def first_day(to_date: datetime.date, timespan: str) -> datetime.date:
	"""Return the day a timespan that ends with `to_date` begins with."""
	if timespan == "Last Week":
		return getdate(add_days(to_date, -7))
	return getdate(add_months(to_date, -MONTHS.get(timespan, 12)))


def period_start(day: datetime.date, interval: str) -> datetime.date:
	"""Return the first day of the step a day lies in; weeks begin on Monday."""
	if interval == "Daily":
		return day
	if interval == "Weekly":
		return day - datetime.timedelta(days=day.weekday())
	month = {"Monthly": day.month, "Quarterly": (day.month - 1) // 3 * 3 + 1, "Yearly": 1}[interval]
	return day.replace(month=month, day=1)


def add_periods(start: datetime.date, end: datetime.date, interval: str) -> list[datetime.date]:
	"""Return the first days of all steps between two days."""
	steps, step = [], period_start(start, interval)
	while step <= end:
		steps.append(step)
		step = _next(step, interval)
	return steps


def _next(step: datetime.date, interval: str) -> datetime.date:
	if interval in STEP_MONTHS:
		return getdate(get_first_day(add_months(step, STEP_MONTHS[interval])))
	return step + datetime.timedelta(days=7 if interval == "Weekly" else 1)


def label_of(step: datetime.date, interval: str) -> str:
	"""Return the label of a step on the axis."""
	if interval == "Yearly":
		return str(step.year)
	if interval == "Quarterly":
		return f"Q{(step.month - 1) // 3 + 1} {step.year}"
	if interval == "Monthly":
		return f"{step.year}-{step.month:02}"
	return formatdate(step)
