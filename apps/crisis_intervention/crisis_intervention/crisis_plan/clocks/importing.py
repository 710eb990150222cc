"""Holidays, make-up workdays and vacations from a CSV or JSON list."""

import csv
import io
import json
import re
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
_WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
NO_DATE, NO_TYPE, REVERSED, NO_OBJECT = "no date", "no type", "reversed", "no object"


class UnreadableRows(ValueError):
	"""Rows that are no calendar days.

	:param faults: pairs of the number of the row, from 1, and what is wrong with it
	"""

	def __init__(self, faults: list[tuple[int, str]]) -> None:
		super().__init__("; ".join(f"row {number}: {fault}" for number, fault in faults))
		self.faults = faults


def rows_from(content: str) -> list[dict[str, Any]]:
	"""Read calendar days.

	:param content: a JSON list of objects with `date`, `type`, `to_date`, `label`, or CSV with these columns
	:returns: rows for Calendar Day, dates as ISO text
	:raises UnreadableRows: naming every row that cannot be read
	:raises ValueError: when the JSON itself cannot be read
	"""
	text = content.strip().lstrip("\ufeff")
	records = json.loads(text) if text.startswith("[") else _csv(text)
	faults = [(number, fault) for number, record in enumerate(records, start=1) if (fault := _fault(record))]
	if faults:
		raise UnreadableRows(faults)
	return [_row(record) for record in records]


def _csv(text: str) -> list[dict[str, str]]:
	lines = [line for line in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in line)]
	records = [dict(zip(COLUMNS, map(str.strip, line), strict=False)) for line in lines]
	return records[1:] if records and _is_head(records[0]) else records


def _is_head(record: dict[str, str]) -> bool:
	"""Neither date nor type: a line of headings, and not a day with a slip of the pen."""
	return not _is_date(_iso(record["date"])) and not _type(record)


def _fault(record: Any) -> str:
	"""Return what is wrong with a row, or an empty text."""
	if not isinstance(record, dict):
		return NO_OBJECT
	first, last = _dates(record)
	if not _is_date(first) or (last and not _is_date(last)):
		return NO_DATE
	if not _type(record):
		return NO_TYPE
	return REVERSED if last and date.fromisoformat(last) < date.fromisoformat(first) else ""


def _row(record: dict[str, Any]) -> dict[str, Any]:
	first, last = _dates(record)
	return {
		"date": first,
		"to_date": last or None,
		"day_type": _type(record),
		"label": record.get("label") or record.get("name") or "",
	}


def _dates(record: dict[str, Any]) -> tuple[str, str]:
	return _iso(record.get("date")), _iso(record.get("to_date"))


def _iso(value: Any) -> str:
	"""Write `2026/10/1` or `2026年10月1日`, as spreadsheets and notices do, as an ISO date."""
	text = str(value or "").strip()
	parts = _WRITTEN.match(text)
	return "-".join((parts[1], parts[2].zfill(2), parts[3].zfill(2))) if parts else text


def _type(record: dict[str, Any]) -> str | None:
	return TYPES.get(str(record.get("type") or record.get("day_type") or "").strip().lower())


def _is_date(text: str) -> bool:
	try:
		date.fromisoformat(text.strip())
	except ValueError:
		return False
	return True
