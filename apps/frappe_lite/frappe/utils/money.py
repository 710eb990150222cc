"""Amounts of money as people read them."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.utils.numbers import cint, flt
from frappe.utils.settings import system_setting

# format → (decimal mark, thousands mark, decimals)
NUMBER_FORMATS: dict[str, tuple[str, str, int]] = {
	"#,###.##": (".", ",", 2),
	"#.###,##": (",", ".", 2),
	"# ###.##": (".", " ", 2),
	"# ###,##": (",", " ", 2),
	"#'###.##": (".", "'", 2),
	"#, ###.##": (".", ", ", 2),
	"#,##,###.##": (".", ",", 2),
	"#,###.###": (".", ",", 3),
	"#.###": ("", ".", 0),
	"#,###": ("", ",", 0),
	"#.########": (".", "", 8),
}
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_INDIAN_SCALES = ((10**7, "crore"), (10**5, "lakh"), (1000, "thousand"), (100, "hundred"))


def get_number_format_info(format: str) -> tuple[str, str, int]:
	"""Return (decimal mark, thousands mark, decimals) of a number format."""
	return NUMBER_FORMATS.get(format) or (".", ",", 2)


def default_number_format() -> str:
	"""Return the site's number format."""
	return system_setting("number_format") or "#,###.##"


def fmt_money(
	amount: Any, precision: int | None = None, currency: str | None = None, format: str | None = None
) -> str:
	"""Return an amount with thousands separated and the currency's symbol before or behind it.

	Args:
		precision: decimals; None takes the number format's.
		currency: name of a Currency.
		format: number format such as `#,###.##`; None takes the site's.
	"""
	number_format = format or default_number_format()
	decimal_mark, separator, decimals = get_number_format_info(number_format)
	if precision is None:
		precision = cint(system_setting("currency_precision")) or decimals
	number = flt(amount, precision)
	whole, _, fraction = f"{abs(number):.{precision}f}".partition(".")
	text = _group(whole, separator, number_format == "#,##,###.##")
	if fraction:
		text += (decimal_mark or ".") + fraction
	text = f"-{text}" if number < 0 else text
	return _with_symbol(text, currency) if currency and not _hides_symbol() else text


def _group(whole: str, separator: str, indian: bool) -> str:
	if not separator:
		return whole
	head, last = whole[:-3], whole[-3:]
	size = 2 if indian else 3
	groups = []
	while head:
		groups.insert(0, head[-size:])
		head = head[:-size]
	return separator.join([*groups, last])


def _hides_symbol() -> bool:
	return frappe.defaults.get_global_default("hide_currency_symbol") == "Yes"


def _with_symbol(text: str, currency: str) -> str:
	row = frappe.db.get_value("Currency", currency, ["symbol", "symbol_on_right"], as_dict=True, ignore=True)
	symbol = (row and row.symbol) or currency
	return f"{text} {frappe._(symbol)}" if row and row.symbol_on_right else f"{frappe._(symbol)} {text}"


def in_words(integer: int, in_million: bool = True) -> str:
	"""Return a number in English words."""
	number = int(integer)
	if number < 0:
		return f"minus {in_words(-number, in_million)}"
	for scale, name in _SCALES if in_million else _INDIAN_SCALES:
		if number >= scale:
			rest = number % scale
			joint = " and " if 0 < rest < 100 else ", " if scale > 100 else " "
			head = f"{in_words(number // scale, in_million)} {name}"
			return f"{head}{joint}{in_words(rest, in_million)}" if rest else head
	if number < 20:
		return _ONES.split()[number]
	return _TENS.split()[number // 10] + (f"-{_ONES.split()[number % 10]}" if number % 10 else "")


def money_in_words(
	number: Any, main_currency: str | None = None, fraction_currency: str | None = None
) -> str:
	"""Return an amount in English words, such as "CNY One Hundred only."; "" for what is no amount."""
	try:
		amount = float(number)
	except (TypeError, ValueError):
		return ""
	if amount < 0:
		return ""
	currency = main_currency or frappe.defaults.get_global_default("currency") or "CNY"
	fraction_name = fraction_currency or "Cent"
	whole, cents = divmod(round(amount * 100), 100)
	in_million = default_number_format() != "#,##,###.##"
	words = f"{currency} {in_words(whole, in_million).title()}" if whole or not cents else ""
	if cents:
		words += (" and " if words else "") + f"{in_words(cents, in_million).title()} {fraction_name}"
	return f"{words} only."


def parse_number(text: str) -> str:
	"""Return the digits, sign and decimal point of a text."""
	return re.sub(r"[^\d.\-]", "", text)
