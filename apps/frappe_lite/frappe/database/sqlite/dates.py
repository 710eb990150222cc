"""MariaDB's date and time functions over ISO text, as SQLite stores it."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

_FORMATS = {
	"Y": "%Y", "y": "%y", "m": "%m", "d": "%d", "H": "%H", "h": "%I", "I": "%I", "i": "%M", "s": "%S",
	"S": "%S", "f": "%f", "M": "%B", "b": "%b", "W": "%A", "a": "%a", "p": "%p", "j": "%j", "u": "%W",
	"U": "%U", "v": "%V",
	"x": "%G", "w": "%w", "T": "%H:%M:%S", "r": "%I:%M:%S %p",
}  # fmt: skip
_SECONDS = {"microsecond": 1e-6, "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def parse(value: Any) -> datetime | None:
	"""Return the datetime an ISO text or a count like 20261123 spells, None when it spells none."""
	if value is None or value == "":
		return None
	text = str(value)
	try:
		if len(text) == 8 and text.isdigit():
			return datetime.strptime(text, "%Y%m%d")
		return datetime.fromisoformat(text)
	except ValueError:
		return _parse_time(text)


def _parse_time(text: str) -> datetime | None:
	parts = text.split(":")
	if len(parts) not in (2, 3):
		return None
	try:
		span = timedelta(
			hours=int(parts[0]), minutes=int(parts[1]), seconds=float(parts[2]) if len(parts) > 2 else 0
		)
	except ValueError:
		return None
	return datetime.combine(_now().date(), datetime.min.time()) + span


def _now() -> datetime:
	from frappe.utils import now_datetime

	return now_datetime()


def _like(original: Any, moment: datetime) -> str:
	"""Spell a result as the argument was spelt: a date stays one while it has no time of day."""
	if len(str(original)) <= 10 and moment.time() == datetime.min.time():
		return moment.date().isoformat()
	return moment.isoformat(sep=" ")


def add_months(moment: datetime, months: int) -> datetime:
	"""Return the moment some months later, on the month's last day when it has no such day."""
	year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
	return moment.replace(
		year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1])
	)


def date_add(value: Any, amount: Any, unit: str = "day") -> str | None:
	"""DATE_ADD(value, INTERVAL amount unit)."""
	moment = parse(value)
	if moment is None or amount is None:
		return None
	if unit in _MONTHS:
		moved = add_months(moment, int(float(amount)) * _MONTHS[unit])
	else:
		moved = moment + timedelta(seconds=float(amount) * _SECONDS[unit])
	return _like(value, moved)


def date_sub(value: Any, amount: Any, unit: str = "day") -> str | None:
	"""DATE_SUB(value, INTERVAL amount unit)."""
	return None if amount is None else date_add(value, -float(amount), unit)


def timestampadd(unit: str, amount: Any, value: Any) -> str | None:
	"""TIMESTAMPADD(unit, amount, value)."""
	return date_add(value, amount, unit)


def timestampdiff(unit: str, start: Any, end: Any) -> int | None:
	"""TIMESTAMPDIFF: whole units from start to end."""
	first, last = parse(start), parse(end)
	if first is None or last is None:
		return None
	if unit not in _MONTHS:
		return int((last - first) / timedelta(seconds=_SECONDS[unit]))
	months = (last.year - first.year) * 12 + last.month - first.month
	behind = (last.day, last.time()) < (first.day, first.time())
	ahead = (last.day, last.time()) > (first.day, first.time())
	if months > 0 and behind:
		months -= 1
	elif months < 0 and ahead:
		months += 1
	return int(months / _MONTHS[unit])


def datediff(end: Any, start: Any) -> int | None:
	"""DATEDIFF: days between the dates of two moments."""
	last, first = parse(end), parse(start)
	return None if first is None or last is None else (last.date() - first.date()).days


def timediff(end: Any, start: Any) -> str | None:
	"""TIMEDIFF: `HH:MM:SS` between two moments."""
	last, first = parse(end), parse(start)
	return None if first is None or last is None else _as_time((last - first).total_seconds())


def _as_time(seconds: float) -> str:
	sign = "-" if seconds < 0 else ""
	minutes, rest = divmod(abs(seconds), 60)
	hours, minutes = divmod(int(minutes), 60)
	fraction = f"{rest:09.6f}" if rest % 1 else f"{int(rest):02d}"
	return f"{sign}{hours:02d}:{minutes:02d}:{fraction}"


def time_to_sec(value: Any) -> float | None:
	"""TIME_TO_SEC."""
	moment = parse(value)
	if moment is None:
		return None
	return moment.hour * 3600 + moment.minute * 60 + moment.second


def date_format(value: Any, pattern: str) -> str | None:
	"""DATE_FORMAT with MariaDB's letters."""
	moment = parse(value)
	if moment is None:
		return None
	written, letters = [], iter(pattern)
	for letter in letters:
		written.append(_format_letter(moment, next(letters, "")) if letter == "%" else letter)
	return "".join(written)


def _format_letter(moment: datetime, letter: str) -> str:
	plain = {"e": moment.day, "c": moment.month, "k": moment.hour, "l": (moment.hour + 11) % 12 + 1, "%": "%"}
	if letter in plain:
		return str(plain[letter])
	return moment.strftime(_FORMATS[letter]) if letter in _FORMATS else letter


def extract_part(unit: str, value: Any) -> int | None:
	"""EXTRACT(unit FROM value)."""
	moment = parse(value)
	return None if moment is None else _PARTS[unit](moment)


def str_to_date(text: str | None, pattern: str) -> str | None:
	"""STR_TO_DATE with MariaDB's letters."""
	if text is None:
		return None
	python = "".join(_FORMATS.get(part[:1], part[:1]) + part[1:] for part in pattern.split("%")[1:])
	try:
		moment = datetime.strptime(text, pattern.split("%")[0] + python)
	except ValueError:
		return None
	return _like(moment.isoformat(sep=" ") if "%H" in pattern or "%T" in pattern else "", moment)


def to_datetime(value: Any, time: Any = None) -> str | None:
	"""TIMESTAMP(date) or TIMESTAMP(date, time), also a cast to datetime."""
	moment = parse(value)
	if moment is None:
		return None
	if time is not None:
		clock = parse(time)
		if clock is None:
			return None
		moment = datetime.combine(moment.date(), clock.time())
	return moment.isoformat(sep=" ")


def unix_timestamp(value: Any = None) -> float | None:
	"""UNIX_TIMESTAMP in the site's time zone."""
	from frappe.utils import get_system_timezone

	moment = _now() if value is None else parse(value)
	if moment is None:
		return None
	from zoneinfo import ZoneInfo

	seconds = moment.replace(tzinfo=ZoneInfo(get_system_timezone())).timestamp()
	return int(seconds) if seconds == int(seconds) else seconds


def from_unixtime(seconds: Any) -> str | None:
	"""FROM_UNIXTIME in the site's time zone."""
	from zoneinfo import ZoneInfo

	from frappe.utils import get_system_timezone

	if seconds is None:
		return None
	moment = datetime.fromtimestamp(float(seconds), ZoneInfo(get_system_timezone()))
	return moment.replace(tzinfo=None).isoformat(sep=" ")


def _last_day(moment: datetime) -> str:
	return date(moment.year, moment.month, calendar.monthrange(moment.year, moment.month)[1]).isoformat()


def _part(compute: Callable[[datetime], Any]) -> Callable[[Any], Any]:
	def function(value: Any) -> Any:
		moment = parse(value)
		return None if moment is None else compute(moment)

	return function


def _week(moment: datetime) -> int:
	return int(moment.strftime("%U"))


_PARTS: dict[str, Callable[[datetime], Any]] = {
	"year": lambda moment: moment.year,
	"month": lambda moment: moment.month,
	"day": lambda moment: moment.day,
	"dayofmonth": lambda moment: moment.day,
	"hour": lambda moment: moment.hour,
	"minute": lambda moment: moment.minute,
	"second": lambda moment: moment.second,
	"microsecond": lambda moment: moment.microsecond,
	"quarter": lambda moment: (moment.month + 2) // 3,
	"week": _week,
	"weekofyear": lambda moment: moment.isocalendar()[1],
	"yearweek": lambda moment: moment.year * 100 + _week(moment),
	"weekday": lambda moment: moment.weekday(),
	"dayofweek": lambda moment: (moment.weekday() + 1) % 7 + 1,
	"dayofyear": lambda moment: moment.timetuple().tm_yday,
	"dayname": lambda moment: moment.strftime("%A"),
	"monthname": lambda moment: moment.strftime("%B"),
	"last_day": _last_day,
	"to_days": lambda moment: moment.toordinal() + 365,
	"to_seconds": lambda moment: (moment.toordinal() + 365) * 86400 + moment.hour * 3600 + moment.minute * 60,
}

DATE_FUNCTIONS: tuple[tuple[str, int, Callable], ...] = (
	*((name, 1, _part(compute)) for name, compute in _PARTS.items()),
	("now", 0, lambda: _now().isoformat(sep=" ")),
	("curdate", 0, lambda: _now().date().isoformat()),
	("curtime", 0, lambda: _now().strftime("%H:%M:%S")),
	("utc_timestamp", 0, lambda: datetime.now(timezone.utc).replace(tzinfo=None).isoformat(sep=" ")),
	("date_add", 2, date_add),
	("date_add", 3, date_add),
	("date_sub", 2, date_sub),
	("date_sub", 3, date_sub),
	("timestampadd", 3, timestampadd),
	("timestampdiff", 3, timestampdiff),
	("datediff", 2, datediff),
	("timediff", 2, timediff),
	("time_to_sec", 1, time_to_sec),
	("sec_to_time", 1, lambda seconds: None if seconds is None else _as_time(float(seconds))),
	("date_format", 2, date_format),
	("time_format", 2, date_format),
	("extract_part", 2, extract_part),
	("str_to_date", 2, str_to_date),
	("timestamp", 1, to_datetime),
	("timestamp", 2, to_datetime),
	("to_datetime", 1, to_datetime),
	("to_time", 1, _part(lambda moment: moment.time().isoformat())),
	("unix_timestamp", 0, unix_timestamp),
	("unix_timestamp", 1, unix_timestamp),
	("from_unixtime", 1, from_unixtime),
)
