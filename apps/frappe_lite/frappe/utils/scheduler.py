"""Frappe's interface to the scheduler."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.jobs.job import clock
from frappe.jobs.scheduler import enqueue_due_jobs, heartbeat, tick_seconds

MISSED_TICKS = 3


def start_scheduler() -> None:
	"""Tick for all sites of the bench until the process ends."""
	from frappe.jobs.process import run_scheduler

	run_scheduler()


def enqueue_events_for_all_sites() -> None:
	"""Make one tick for every site of the bench."""
	for site in frappe.utils.get_sites():
		enqueue_events_for_site(site)


def enqueue_events_for_site(site: str) -> list[str]:
	"""Make one tick for a site in a context of its own; return the methods put into the queue."""
	from frappe.jobs.runner import site_context

	sites_path = getattr(frappe.local, "sites_path", None) or "."
	with site_context(site, sites_path):
		return enqueue_due_jobs()


def enqueue_events(site: str | None = None) -> list[str]:
	"""Make one tick for the site of the context; return the methods put into the queue."""
	return enqueue_due_jobs()


def is_scheduler_inactive(verbose: bool = True) -> bool:
	"""Tell whether nothing is scheduled now: maintenance mode, paused, or disabled.

	Args:
		verbose: print the reason.
	"""
	reason = _reason_for_rest()
	if reason and verbose:
		print(f"{frappe.local.site}: {reason}")
	return bool(reason)


def _reason_for_rest() -> str:
	if frappe.conf.maintenance_mode:
		return "Maintenance mode is ON"
	if frappe.conf.pause_scheduler:
		return "frappe.conf.pause_scheduler is SET"
	if is_scheduler_disabled(verbose=False):
		return "The scheduler is disabled"
	return ""


def is_scheduler_disabled(verbose: bool = True) -> bool:
	"""Tell whether the configuration or the System Settings switch the scheduler off."""
	enabled = frappe.db.get_single_value("System Settings", "enable_scheduler")
	disabled = bool(frappe.conf.disable_scheduler) or not int(enabled or 0)
	if disabled and verbose:
		print(f"{frappe.local.site}: the scheduler is disabled")
	return disabled


def toggle_scheduler(enable: bool) -> None:
	"""Switch the scheduler of the site on or off in the System Settings."""
	frappe.db.set_single_value("System Settings", "enable_scheduler", int(enable))


def enable_scheduler() -> None:
	"""Switch the scheduler of the site on."""
	toggle_scheduler(True)


def disable_scheduler() -> None:
	"""Switch the scheduler of the site off."""
	toggle_scheduler(False)


def is_dormant(check_time: Any = None) -> bool:
	"""Return False: a school's clock runs through vacations, so no site is ever dormant here."""
	return False


def get_scheduler_tick() -> int:
	"""Return the seconds between two ticks."""
	return tick_seconds()


def is_schduler_process_running() -> bool:
	"""Tell whether a scheduler gave a sign of life within its last ticks."""
	beat = heartbeat()
	return bool(beat and clock() - beat.heartbeat < MISSED_TICKS * tick_seconds())


is_scheduler_process_running = is_schduler_process_running


@frappe.whitelist(methods=["POST"])
def activate_scheduler() -> None:
	"""Switch the scheduler on (System Manager only).

	Raises:
		frappe.PermissionError: for other users.
		frappe.ValidationError: in maintenance mode.
	"""
	frappe.only_for("System Manager")
	if frappe.conf.maintenance_mode:
		frappe.throw(frappe._("Scheduler can not be re-enabled when maintenance mode is active."))
	enable_scheduler()


@frappe.whitelist()
def get_scheduler_status() -> dict[str, str]:
	"""Return {"status": "active" or "inactive"}."""
	return {"status": "inactive" if is_scheduler_inactive(verbose=False) else "active"}
