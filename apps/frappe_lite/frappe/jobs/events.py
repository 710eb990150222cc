"""Reads `scheduler_events` of hooks into one frequency per method."""

from __future__ import annotations

from typing import Any


def scheduled_events(hooks: Any) -> dict[str, tuple[str, str | None]]:
	"""Return method → (frequency of Scheduled Job Type, cron expression or None).

	Args:
		hooks: {"daily": [methods], "hourly_long": [methods], "cron": {expression: [methods]}}; a list of such
		dicts
			(one per app) as well.
	"""
	found: dict[str, tuple[str, str | None]] = {}
	for events in hooks if isinstance(hooks, list) else [hooks or {}]:
		for kind, methods in events.items():
			if kind == "cron":
				found.update(_cron_events(methods))
			else:
				frequency = kind.replace("_", " ").title()
				found.update(dict.fromkeys(_as_list(methods), (frequency, None)))
	return found


def _cron_events(events: Any) -> dict[str, tuple[str, str | None]]:
	found: dict[str, tuple[str, str | None]] = {}
	for group in _as_list(events):
		for expression, methods in group.items():
			found.update(dict.fromkeys(_as_list(methods), ("Cron", expression)))
	return found


def _as_list(value: Any) -> list:
	return value if isinstance(value, list) else [value]
