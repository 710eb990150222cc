from __future__ import annotations

from frappe.jobs.events import scheduled_events


def test_events_of_hooks_become_frequencies() -> None:
	hooks = {
		"all": ["a.tick"],
		"hourly": ["a.hour"],
		"daily_long": ["a.night"],
		"hourly_maintenance": ["a.clean"],
		"cron": {"*/5 * * * *": ["a.five"], "0 6 * * 1": ["a.monday"]},
	}
	assert scheduled_events(hooks) == {
		"a.tick": ("All", None),
		"a.hour": ("Hourly", None),
		"a.night": ("Daily Long", None),
		"a.clean": ("Hourly Maintenance", None),
		"a.five": ("Cron", "*/5 * * * *"),
		"a.monday": ("Cron", "0 6 * * 1"),
	}


def test_one_method_may_be_given_without_a_list() -> None:
	assert scheduled_events([{"daily": "a.one"}, {"daily": ["a.two"]}]) == {
		"a.one": ("Daily", None),
		"a.two": ("Daily", None),
	}


def test_no_hooks_mean_no_events() -> None:
	assert scheduled_events({}) == {}
