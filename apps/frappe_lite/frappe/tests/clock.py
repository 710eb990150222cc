"""A clock that tests stop: everything that asks the runtime for the time gets the moment they set."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo


@contextlib.contextmanager
def freeze_time(time_to_freeze: Any, is_utc: bool = False) -> Iterator[datetime.datetime]:
	"""Stop the clock.

	Args:
		time_to_freeze: a datetime, a date or text; in the site's time zone unless it carries another.
		is_utc: it is meant in UTC.

	Yields:
		the moment, naive, in the site's time zone.
	"""
	from frappe.utils import get_system_timezone
	from frappe.utils.data import get_datetime

	zone = ZoneInfo(get_system_timezone())
	moment = get_datetime(time_to_freeze)
	if is_utc and not moment.tzinfo:
		moment = moment.replace(tzinfo=datetime.timezone.utc)
	if moment.tzinfo:
		moment = moment.astimezone(zone).replace(tzinfo=None)
	with patch("frappe.utils.data._now", lambda: moment):
		yield moment
