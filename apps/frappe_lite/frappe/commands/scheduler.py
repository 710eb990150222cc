"""Commands on the scheduler and the queue."""

from __future__ import annotations

import click

import frappe
from frappe.commands import connected, for_each_site, get_site, one_sentence, pass_context


@click.command("enable-scheduler")
@pass_context
def enable_scheduler(context: frappe._dict):
	"""Let scheduled jobs run on sites."""
	_switch(context, 1)


@click.command("disable-scheduler")
@pass_context
def disable_scheduler(context: frappe._dict):
	"""Keep scheduled jobs from running on sites."""
	_switch(context, 0)


def _switch(context: frappe._dict, enabled: int) -> None:
	for site in for_each_site(context):
		frappe.db.set_single_value("System Settings", "enable_scheduler", enabled)
		frappe.clear_cache()
		click.echo(f"{'Enabled' if enabled else 'Disabled'} for {site}")


@click.command("scheduler")
@click.argument("state", type=click.Choice(["pause", "resume", "disable", "enable", "status"]))
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def scheduler(context: frappe._dict, state: str, form: str = "text"):
	"""Say whether the scheduler of a site runs, or change it."""
	if state in ("enable", "disable"):
		_switch(context, int(state == "enable"))
		return
	if state in ("pause", "resume"):
		_pause(context, int(state == "pause"))
		return
	for site in for_each_site(context, commit=False):
		_print_status(site, form)


def _pause(context: frappe._dict, paused: int) -> None:
	from frappe.installer import update_site_config

	frappe.init(get_site(context), force=True)
	update_site_config("pause_scheduler", paused)
	frappe.destroy()


def _print_status(site: str, form: str) -> None:
	enabled = frappe.db.get_single_value("System Settings", "enable_scheduler")
	status = "paused" if frappe.conf.pause_scheduler else ("enabled" if enabled else "disabled")
	if form == "json":
		click.echo(frappe.as_json({"scheduler": status, "site": site}))
	else:
		click.echo(f"Scheduler is {status} for site {site}")


@click.command("trigger-scheduler-event")
@click.argument("event")
@pass_context
def trigger_scheduler_event(context: frappe._dict, event: str):
	"""Run the scheduled jobs of an event, or one method, now.

	EVENT is a frequency as in the hooks (`daily`, `hourly_long`, …) or the dotted path of a job's method.
	"""
	for _site in for_each_site(context):
		frequency = event.replace("_", " ").title()
		filters = {"method": event} if "." in event else {"frequency": frequency}
		names = frappe.get_all("Scheduled Job Type", filters=filters, pluck="name", limit_page_length=0)
		if not names:
			raise click.ClickException(f"No scheduled job for {event}")
		for name in names:
			frappe.get_doc("Scheduled Job Type", name).execute()


@click.command("worker")
@click.option("--queue", help="Queues to serve, separated by commas; all unless given")
@click.option("--quiet", is_flag=True, default=False, help="Do not log jobs")
@click.option("-u", "--rq-username", help="User of the Redis server")
@click.option("-p", "--rq-password", help="Password of the Redis server")
@click.option("--burst", is_flag=True, default=False, help="Stop when the queue is empty")
@click.option("--strategy", help="Accepted for scripts written for Frappe")
def worker(
	queue: str | None, quiet: bool, rq_username: str | None, rq_password: str | None, burst: bool, strategy
):
	"""Run queued jobs."""
	from frappe.utils.background_jobs import start_worker

	options = {"rq_username": rq_username, "rq_password": rq_password, "burst": burst}
	with one_sentence():
		start_worker(queue=queue, quiet=quiet, **options)


@click.command("schedule")
def schedule():
	"""Start due scheduled jobs of all sites, for ever."""
	from frappe.utils.scheduler import start_scheduler

	start_scheduler()


@click.command("purge-jobs")
@click.option("--site", help="Only jobs of this site")
@click.option("--queue", help="Only jobs of this queue")
@click.option("--event", help="Accepted for scripts written for Frappe")
@pass_context
def purge_jobs(context: frappe._dict, site: str | None, queue: str | None, event: str | None):
	"""Forget the jobs that wait."""
	from frappe.utils.doctor import purge_pending_jobs

	for name in [site] if site else context.sites:
		with connected(name):
			click.echo(f"Purged {purge_pending_jobs(queue)} jobs of {name}")


@click.command("ready-for-migration")
@pass_context
def ready_for_migration(context: frappe._dict):
	"""Exit with 1 while a job of the site is running."""
	from frappe.utils.doctor import count_running_jobs

	busy = 0
	for site in for_each_site(context, commit=False):
		running = count_running_jobs()
		click.echo(f"{site}: {running} jobs running" if running else f"{site}: ready for migration")
		busy += running
	raise SystemExit(1 if busy else 0)


commands = [
	enable_scheduler,
	disable_scheduler,
	scheduler,
	trigger_scheduler_event,
	worker,
	schedule,
	purge_jobs,
	ready_for_migration,
]
