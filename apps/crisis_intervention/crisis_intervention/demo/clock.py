"""The clock of the demo school: what its staff did last month is entered at its own time, by the same doors.

freezegun is a development requirement of Frappe and a requirement of the runtime here; a host without it gets
the school without history.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime, now_datetime

# What keeps its own time: locks, sockets, tokens of the host.
LEFT_ALONE = ["werkzeug", "sqlite3", "mariadb", "MySQLdb", "pymysql", "redis", "rq", "threading", "queue"]


def has_clock() -> bool:
	"""Say whether the host can enter history."""
	return find_spec("freezegun") is not None


@contextmanager
def travelling() -> Iterator[Callable[[datetime], None]]:
	"""Yield a function that sets the clock to a naive time of the site; afterwards it runs as before."""
	from freezegun import freeze_time

	zone = ZoneInfo(frappe.db.get_single_value("System Settings", "time_zone") or "Asia/Shanghai")
	with freeze_time(_utc(now_datetime(), zone), ignore=LEFT_ALONE) as frozen:
		yield lambda moment: frozen.move_to(_utc(moment, zone))


def at(day: date, clock: str) -> datetime:
	"""Return a time of a day, with a fraction of a second as real times have.

	:param clock: as `07:45`
	"""
	return get_datetime(f"{day} {clock}:00") + timedelta(microseconds=250_000)


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
	return moment.replace(tzinfo=zone).astimezone(timezone.utc).replace(tzinfo=None)
