"""Series such as `CASE-.YYYY.-.####`: their parts, their counters in `tabSeries`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe.utils import cint, cstr, now_datetime

NAMING_SERIES_PATTERN = re.compile(r"^[\w\- \/.#{}]+$", re.UNICODE)
BRACED_PARAMS_PATTERN = re.compile(r"(\{[\w | #]+\})")
DEFAULT_DIGITS = 5


class InvalidNamingSeriesError(frappe.ValidationError):
	"""A series has a form that cannot be counted."""


class NamingSeries:
	"""One series.

	Args:
		series: parts separated by dots: literal text, fieldnames, YYYY, YY, MM, DD, WW, FY, timestamp, and
			hashes for the counter's digits.
	"""

	__slots__ = ("series",)

	def __init__(self, series: str) -> None:
		self.series = series
		if "#" not in series:
			self.series += "." + "#" * DEFAULT_DIGITS

	def validate(self) -> None:
		"""Refuse a series that no name can be made of.

		Raises:
			InvalidNamingSeriesError: there is no dot or it holds characters names may not have.
		"""
		if "." not in self.series:
			frappe.throw(
				frappe._("Invalid naming series {}: dot (.) missing").format(frappe.bold(self.series)),
				exc=InvalidNamingSeriesError,
			)
		if not NAMING_SERIES_PATTERN.match(self.series):
			frappe.throw(
				frappe._(
					"Special Characters except '-', '#', '.', '/', '{{' and '}}' "
					"not allowed in naming series {0}"
				).format(frappe.bold(self.series)),
				exc=InvalidNamingSeriesError,
			)

	def generate_next_name(self, doc: Any, *, ignore_validate: bool = False) -> str:
		"""Return the next name and raise the counter."""
		if not ignore_validate:
			self.validate()
		return parse_naming_series(self.series.split("."), doc=doc)

	def get_prefix(self) -> str:
		"""Return the text before the counter, the key of the counter."""
		prefix = ""

		def fake_counter(_prefix: str, digits: int) -> str:
			nonlocal prefix
			prefix = _prefix
			return "#" * digits

		parse_naming_series(self.series.split("."), number_generator=fake_counter)
		return prefix

	def get_preview(self, doc: Any = None) -> list[str]:
		"""Return the next three names without raising the counter."""
		count = self.get_current_value()
		names = []
		for ahead in (1, 2, 3):
			names.append(
				parse_naming_series(
					self.series.split("."),
					doc=doc,
					number_generator=lambda _prefix, digits, n=count + ahead: str(n).zfill(digits),
				)
			)
		return names

	def get_current_value(self) -> int:
		"""Return the last number given."""
		rows = frappe.db.sql("select `current` from `tabSeries` where `name` = %s", self.get_prefix())
		return cint(rows[0][0]) if rows else 0

	def update_counter(self, new_count: int) -> None:
		"""Set the last number given."""
		update_naming_series_counter(self.get_prefix(), new_count)


def parse_naming_series(
	parts: list[str] | str,
	doctype: str | None = None,
	doc: Any = None,
	number_generator: Callable[[str, int], str] | None = None,
	counted_for: str = "",
) -> str:
	"""Return the name that the parts of a series make.

	Args:
		parts: parts, or a series as text.
		doctype: kept for Frappe's signature.
		doc: document whose fields parts may name.
		number_generator: gives the number for (text before it, digits); the stored counter unless given.
		counted_for: text before the parts, which the counter belongs to.
	"""
	if isinstance(parts, str):
		parts = parts.split(".")
	counter = number_generator or getseries
	name = ""
	is_counted = False
	today = now_datetime()
	for part in parts:
		if not part:
			continue
		if part.startswith("#"):
			if not is_counted:
				name += counter(counted_for + name, len(part))
				is_counted = True
			continue
		name += cstr(_resolve(part, doc, today)).strip()
	return name


def _resolve(part: str, doc: Any, today: datetime.datetime) -> Any:
	fixed = _DATE_PARTS.get(part)
	if fixed:
		return fixed(today)
	custom = has_custom_parser(part)
	if custom:
		return frappe.get_attr(custom[-1])(doc, part)
	fieldname = part.replace("{", "").replace("}", "")
	if doc and (part.startswith("{") or _has_value(doc, fieldname)):
		return _as_part(doc.get(fieldname))
	return part


def _has_value(doc: Any, fieldname: str) -> bool:
	return fieldname in (doc if isinstance(doc, dict) else doc.__dict__)


def _as_part(value: Any) -> Any:
	if isinstance(value, datetime.date | datetime.datetime):
		return value.strftime("%Y-%m-%d")
	return value


def has_custom_parser(e: str) -> list[str]:
	"""Return the functions that apps declare for a part by the hook `naming_series_variables`."""
	variables = frappe.get_hooks("naming_series_variables", {}) or {}
	return variables.get(e) or []


def determine_consecutive_week_number(today: datetime.datetime) -> str:
	"""Return the week of the year as two digits; days before week 1 are in week 0, those after 52 in 53."""
	month, week = today.month, today.isocalendar()[1]
	if week == 53 and month == 1:
		return "00"
	if week == 1 and month == 12:
		return "53"
	return f"{week:02d}"


_DATE_PARTS: dict[str, Callable[[datetime.datetime], Any]] = {
	"YY": lambda today: today.strftime("%y"),
	"MM": lambda today: today.strftime("%m"),
	"DD": lambda today: today.strftime("%d"),
	"YYYY": lambda today: today.strftime("%Y"),
	"JJJ": lambda today: today.strftime("%j"),
	"WW": determine_consecutive_week_number,
	"timestamp": str,
	"FY": lambda _today: frappe.defaults.get_user_default("fiscal_year"),
}


# ---------------------------------------------------------------------- counters
def getseries(key: str, digits: int) -> str:
	"""Raise a counter and return its number.

	Args:
		key: text before the number.
		digits: least number of digits.
	"""
	rows = frappe.db.sql("select `current` from `tabSeries` where `name` = %s for update", (key,))
	if rows and rows[0][0] is not None:
		current = int(rows[0][0]) + 1
		frappe.db.sql("update `tabSeries` set `current` = `current` + 1 where `name` = %s", (key,))
	else:
		current = 1
		frappe.db.sql("insert into `tabSeries` (`name`, `current`) values (%s, 1)", (key,))
	return str(current).zfill(digits)


def update_naming_series_counter(prefix: str, new_count: int) -> None:
	"""Set the last number given after a text."""
	if frappe.db.sql("select 1 from `tabSeries` where `name` = %s", (prefix,)):
		frappe.db.sql("update `tabSeries` set `current` = %s where `name` = %s", (cint(new_count), prefix))
	else:
		frappe.db.sql(
			"insert into `tabSeries` (`name`, `current`) values (%s, %s)", (prefix, cint(new_count))
		)


update_naming_series = update_naming_series_counter


def revert_series_if_last(key: str, name: str, doc: Any = None) -> None:
	"""Give a number back when the document that got it last is deleted.

	Args:
		key: series of the document.
		name: its name.
		doc: the document, where the series names its fields.
	"""
	if "#" not in key:
		return
	prefix, hashes = key.rsplit(".", 1) if ".#" in key else (key.split("#", 1)[0], key[key.find("#") :])
	if "#" not in hashes:
		return
	prefix = _resolved_prefix(prefix, doc)
	number = name.replace(prefix, "", 1) if name.startswith(prefix) else ""
	if not number.isdigit():
		return
	rows = frappe.db.sql("select `current` from `tabSeries` where `name` = %s for update", (prefix,))
	if rows and rows[0][0] == int(number):
		frappe.db.sql("update `tabSeries` set `current` = `current` - 1 where `name` = %s", (prefix,))


def _resolved_prefix(prefix: str, doc: Any) -> str:
	if prefix.startswith("format:"):
		prefix = prefix[len("format:") :]
	parts: Iterable[str] = BRACED_PARAMS_PATTERN.split(prefix) if "{" in prefix else prefix.split(".")
	return parse_naming_series([part.strip("{}") for part in parts], doc=doc)
