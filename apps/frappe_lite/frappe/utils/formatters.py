"""Values of fields as people read them in lists, prints and mails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.utils.date_formats import (
	format_datetime,
	format_duration,
	format_time,
	formatdate,
)
from frappe.utils.html_utils import escape_html, is_html
from frappe.utils.money import default_number_format, fmt_money, get_number_format_info
from frappe.utils.numbers import cint, flt
from frappe.utils.settings import system_setting
from frappe.utils.text import cstr

BLOCKS = ("<br", "<div", "<p")


def format_value(
	value: Any,
	df: Any = None,
	doc: Any = None,
	currency: str | None = None,
	translated: bool = False,
	format: str | None = None,
) -> Any:
	"""Return a value as its field is read; "" for None.

	Args:
		df: DocField, a dict like one, or the name of a field type.
		doc: document, for the currency and the precision.
		currency: name of a Currency.
		translated: translate a Select's or Link's value.
		format: pattern for dates.
	"""
	df = (
		frappe._dict(fieldtype=df)
		if isinstance(df, str)
		else frappe._dict(df)
		if isinstance(df, dict)
		else df
	)
	fieldtype = df.get("fieldtype") if df else None
	if value is None:
		return "" if fieldtype not in ("Table",) else value
	fieldtype = fieldtype or _guess(value)
	render = _RENDERERS.get(fieldtype or "")
	if render is not None:
		return render(value, df or frappe._dict(), doc, currency, format)
	return frappe._(value) if translated and isinstance(value, str) else value


def _guess(value: Any) -> str | None:
	for kind, fieldtype in (
		(datetime, "Datetime"),
		(date, "Date"),
		(timedelta, "Time"),
		(time, "Time"),
		(float, "Float"),
	):
		if isinstance(value, kind):
			return fieldtype
	return None


def _date(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	return formatdate(value, format)


def _datetime(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	return format_datetime(value, format)


def _time(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	return format_time(value, format)


def _is_empty_number(value: Any, df: Any) -> bool:
	return bool(df.get("print_hide_if_no_value") and not flt(value))


def _currency(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	from frappe.model.meta import get_field_currency, get_field_precision

	if _is_empty_number(value, df):
		return ""
	precision = get_field_precision(df, doc) if df.get("fieldname") else None
	known = currency or (get_field_currency(df, doc) if doc and df.get("fieldname") else None)
	return fmt_money(value, precision=precision, currency=known or frappe.db.get_default("currency"))


def _float(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	if _is_empty_number(value, df):
		return ""
	precision = cint(df.get("precision")) or cint(system_setting("float_precision"))
	number = flt(value, precision or None)
	if not precision:
		places = len(f"{number:.9f}".rstrip("0").partition(".")[2])
		precision = min(places, get_number_format_info(default_number_format())[2] or places)
	return fmt_money(number, precision=precision)


def _integer(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> Any:
	return "" if _is_empty_number(value, df) else cint(value)


def _percent(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	text = f"{flt(value, cint(df.get('precision')) or 2):.{cint(df.get('precision')) or 2}f}"
	return f"{text.rstrip('0').rstrip('.')}%"


def _check(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> int:
	return cint(value)


def _text(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	text = cstr(value)
	if any(tag in text.lower() for tag in BLOCKS) or is_html(text):
		return text
	return text.replace("\n", "<br>")


def _markdown(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	return frappe.utils.md_to_html(cstr(value)) or ""


def _duration(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> str:
	return format_duration(value, bool(cint(df.get("hide_days"))))


def _rows(value: Any, df: Any, doc: Any, currency: Any, format: Any) -> Any:
	meta = frappe.get_meta(df.get("options"))
	links = [field for field in meta.fields if field.fieldtype == "Link"]
	if not links:
		return value
	return ", ".join(escape_html(cstr(row.get(links[0].fieldname))) for row in value)


_RENDERERS: dict[str, Callable[..., Any]] = {
	"Date": _date,
	"Datetime": _datetime,
	"Time": _time,
	"Currency": _currency,
	"Float": _float,
	"Int": _integer,
	"Percent": _percent,
	"Check": _check,
	"Text": _text,
	"Small Text": _text,
	"Long Text": _text,
	"Markdown Editor": _markdown,
	"Duration": _duration,
	"Table MultiSelect": _rows,
}


def format(*args: Any, **kwargs: Any) -> Any:
	"""Return a value as its field is read, see `format_value`."""
	return format_value(*args, **kwargs)


__all__ = ["format", "format_value"]
