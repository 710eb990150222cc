"""Numbers as Frappe reads and rounds them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import frappe
import pytest
from frappe.utils import (
	ceil,
	cint,
	cstr,
	floor,
	flt,
	fmt_money,
	in_words,
	money_in_words,
	remainder,
	rounded,
	safe_div,
	sbool,
)
from frappe.utils.numbers import BANKERS, BANKERS_LEGACY, COMMERCIAL
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	("value", "expected"),
	[
		(None, 0),
		("", 0),
		("12", 12),
		("12.9", 12),
		(-1.9, -1),
		(True, 1),
		("1,000", 0),
		("abc", 0),
		(float("nan"), 0),
		(float("inf"), 0),
		([], 0),
		("1e3", 1000),
		(10**20, 10**20),
	],
)
def test_cint(value: Any, expected: int) -> None:
	assert cint(value) == expected
	assert type(cint(value)) is int


def test_cint_default() -> None:
	assert cint("abc", 7) == 7
	assert cint(None, default=-1) == -1


@pytest.mark.parametrize(
	("value", "expected"),
	[
		(None, 0.0),
		("", 0.0),
		("1,234.50", 1234.5),
		("abc", 0.0),
		(5, 5.0),
		("-.5", -0.5),
		({}, 0.0),
		(True, 1.0),
	],
)
def test_flt(value: Any, expected: float) -> None:
	assert flt(value) == expected
	assert type(flt(value)) is float


def test_flt_of_no_number() -> None:
	assert math.isnan(flt("nan"))
	assert math.isnan(flt("nan", 2))


@pytest.mark.parametrize(
	("number", "precision", "bankers", "commercial", "legacy"),
	[
		(0.5, 0, 0, 1, 0),
		(1.5, 0, 2, 2, 2),
		(2.5, 0, 2, 3, 2),
		(-2.5, 0, -2, -3, -2),
		(2.675, 2, 2.68, 2.68, 2.68),
		(1.005, 2, 1.0, 1.01, 1.01),
		(0.125, 2, 0.12, 0.13, 0.13),
		(-0.125, 2, -0.12, -0.13, -0.12),
		(0.1 + 0.2, 2, 0.3, 0.3, 0.3),
		(123.45, -1, 120, 120, 120),
		(0, 2, 0, 0, 0),
	],
)
def test_rounding(number: float, precision: int, bankers: float, commercial: float, legacy: float) -> None:
	assert rounded(number, precision, BANKERS) == bankers
	assert rounded(number, precision, COMMERCIAL) == commercial
	assert rounded(number, precision, BANKERS_LEGACY) == legacy


def test_an_unknown_rounding_method_is_refused(plain: None) -> None:
	with pytest.raises(frappe.InvalidRoundingMethod):
		flt(1.5, 1, rounding_method="To the moon")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False), st.integers(0, 3))
def test_rounding_of_what_people_write(number: Decimal, precision: int) -> None:
	step = Decimal(1).scaleb(-precision)
	assert rounded(float(number), precision, BANKERS) == float(number.quantize(step, ROUND_HALF_EVEN))
	assert rounded(float(number), precision, COMMERCIAL) == float(number.quantize(step, ROUND_HALF_UP))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_rounding_twice_changes_nothing(number: float, precision: int) -> None:
	once = flt(number, precision, BANKERS)
	assert flt(once, precision, BANKERS) == once
	assert abs(once - number) <= 0.5 * 10**-precision + abs(number) * 1e-9


def test_small_helpers() -> None:
	assert (ceil("2.1"), floor("2.9"), ceil(-2.5), floor(-2.5)) == (3, 2, -2, -3)
	assert remainder(7.5, 2) == 1.5
	assert safe_div(1, 0) == 0.0
	assert safe_div(1, 3) == 0.33
	assert (sbool("true"), sbool("0"), sbool("yes"), sbool(5)) == (True, False, "yes", 5)
	assert (cstr(None), cstr(b"x"), cstr(5)) == ("", "x", "5")


@pytest.mark.parametrize(
	("amount", "format", "expected"),
	[
		(1234567.891, "#,###.##", "1,234,567.89"),
		(1234567.891, "#.###,##", "1.234.567,89"),
		(1234567.891, "#,##,###.##", "12,34,567.89"),
		(1234567.891, "# ###.##", "1 234 567.89"),
		(1234567, "#,###", "1,234,567"),
		(-5, "#,###.##", "-5.00"),
		(0.1, "#,###.###", "0.100"),
	],
)
def test_fmt_money(plain: None, amount: float, format: str, expected: str) -> None:
	assert fmt_money(amount, format=format) == expected


def test_amounts_in_words() -> None:
	assert in_words(1234) == "one thousand, two hundred and thirty-four"
	assert in_words(100000, in_million=False) == "one lakh"
	assert in_words(-7) == "minus seven"
	assert money_in_words("x") == ""
