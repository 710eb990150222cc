"""Numbers from anything users and files send, and their rounding."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import frappe

BANKERS_LEGACY = "Banker's Rounding (legacy)"
BANKERS = "Banker's Rounding"
COMMERCIAL = "Commercial Rounding"


def cint(s: Any, default: int = 0) -> int:
	"""Return a value as int, `default` when it is none; fractions are cut off."""
	if type(s) is int:
		return s
	try:
		return int(float(s))
	except (TypeError, ValueError, OverflowError):
		return default


def flt(s: Any, precision: int | None = None, rounding_method: str | None = None) -> float:
	"""Return a value as float, 0.0 when it is none; commas between thousands are ignored.

	Args:
		precision: decimals to round to.
		rounding_method: see `rounded`.
	"""
	if isinstance(s, str):
		s = s.replace(",", "")
	try:
		number = float(s)
	except (TypeError, ValueError, OverflowError):
		return 0.0
	if precision is None or not math.isfinite(number):
		return number
	return rounded(number, precision, rounding_method)


def rounded(num: Any, precision: int = 0, rounding_method: str | None = None) -> float:
	"""Return a number with so many decimals.

	Args:
		rounding_method: BANKERS (half to even), COMMERCIAL (half away from zero) or BANKERS_LEGACY (half to
			even without decimals, half up with them); None takes the System Settings'.

	Raises:
		frappe.InvalidRoundingMethod: there is no such method.
	"""
	precision = cint(precision)
	method = rounding_method or default_rounding_method()
	if method == BANKERS_LEGACY:
		return _round_legacy(num, precision)
	if method == BANKERS:
		return _quantize(round(num, precision + 12), precision, ROUND_HALF_EVEN)
	if method == COMMERCIAL:
		return _quantize(round(num, precision + 12), precision, ROUND_HALF_UP)
	raise frappe.InvalidRoundingMethod(frappe._("Unknown Rounding Method: {}").format(method))


def default_rounding_method() -> str:
	"""Return the site's rounding method."""
	if getattr(frappe.local, "db", None) is None:
		return BANKERS
	from frappe.utils.settings import system_setting

	return system_setting("rounding_method") or BANKERS


def _round_legacy(num: Any, precision: int) -> float:
	number = round(num, precision + 8)
	if not precision:
		return int(_quantize(number, 0, ROUND_HALF_EVEN))
	return _quantize(number, precision, ROUND_HALF_UP if number >= 0 else ROUND_HALF_DOWN)


def _quantize(number: float, precision: int, rounding: str) -> float:
	try:
		return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-precision), rounding=rounding))
	except InvalidOperation:
		return float(number)


def ceil(s: Any) -> Any:
	"""Return the smallest integer not below a number; what is no number comes back as it is."""
	try:
		number = flt(s)
		return math.ceil(number) if math.isfinite(number) else s
	except TypeError:
		return s


def floor(s: Any) -> int:
	"""Return the largest integer not above a number; what is no number comes back as it is."""
	try:
		number = flt(s)
		return math.floor(number) if math.isfinite(number) else s
	except TypeError:
		return s


def remainder(numerator: Any, denominator: Any, precision: int = 2) -> float:
	"""Return what a division leaves."""
	precision = cint(precision)
	multiplier = 10**precision
	left = (numerator * multiplier) % (denominator * multiplier)
	return flt(left / multiplier if precision else left, precision)


def safe_div(numerator: Any, denominator: Any, precision: int = 2) -> float:
	"""Divide; by zero gives 0.0."""
	return flt(numerator / denominator, precision) if denominator else 0.0


def round_based_on_smallest_currency_fraction(value: Any, currency: str, precision: int = 2) -> float:
	"""Round an amount to the smallest coin of its currency."""
	smallest = flt(frappe.db.get_value("Currency", currency, "smallest_currency_fraction_value", ignore=True))
	if not smallest:
		return rounded(value, 0)
	rest = remainder(value, smallest, precision)
	value = value + smallest - rest if rest > smallest / 2 else value - rest
	return flt(value, precision)


def is_subset(list_a: list, list_b: list) -> bool:
	"""Tell whether all members of a list are in another."""
	return set(list_a).issubset(list_b)


def bytes_to_human(size: float) -> str:
	"""Return a number of bytes with a unit, such as `1.5M`."""
	for unit in ("B", "K", "M", "G"):
		if abs(size) < 1024:
			return f"{size:.1f}{unit}"
		size /= 1024
	return f"{size:.1f}T"
