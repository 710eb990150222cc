"""Holidays, make-up workdays and vacations from a CSV or JSON list."""

import csv
import io
import json
from datetime import date
from typing import Any

from crisis_intervention.crisis_plan.clocks.calendar import HOLIDAY, MAKE_UP_WORKDAY, VACATION

# Lists of holidays are published in Chinese as well.
TYPES = {
	"holiday": HOLIDAY,
	"make-up workday": MAKE_UP_WORKDAY,
	"vacation": VACATION,
	"节假日": HOLIDAY,
	"假日": HOLIDAY,
	"调休": MAKE_UP_WORKDAY,
	"补班": MAKE_UP_WORKDAY,
	"寒假": VACATION,
	"暑假": VACATION,
	"假期": VACATION,
}
COLUMNS = ("date", "type", "to_date", "label")


def rows_from(content: str) -> list[dict[str, Any]]:
	"""Read calendar days.

	:param content: a JSON list of objects with `date`, `type`, `to_date`, `label`, or CSV with these columns
	:returns: rows for Calendar Day, dates as ISO text
	:raises ValueError: with the number of the first row that cannot be read
	"""
	text = content.strip().lstrip("\ufeff")
	records = json.loads(text) if text.startswith("[") else _csv(text)
	return [_row(number, record) for number, record in enumerate(records, start=1)]


def _csv(text: str) -> list[dict[str, str]]:
	lines = [line for line in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in line)]
	if lines and not _is_date(lines[0][0]):
		lines = lines[1:]
	return [dict(zip(COLUMNS, map(str.strip, line), strict=False)) for line in lines]


def _row(number: int, record: dict[str, Any]) -> dict[str, Any]:
	kind = TYPES.get(str(record.get("type") or record.get("day_type") or "").strip().lower())
	first, last = str(record.get("date") or ""), str(record.get("to_date") or "")
	if not kind or not _is_date(first) or (last and not _is_date(last)):
		raise ValueError(f"Row {number} is no calendar day: {record}")
	return {"date": first, "to_date": last or None, "day_type": kind, "label": record.get("label") or ""}


def _is_date(text: str) -> bool:
	try:
		date.fromisoformat(text.strip())
	except ValueError:
		return False
	return True
