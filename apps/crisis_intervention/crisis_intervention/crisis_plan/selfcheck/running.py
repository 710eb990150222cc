"""Does the engine run at all: scheduler, heartbeat, mail account, calendar."""

from collections.abc import Iterator
from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime
from frappe.utils.scheduler import is_scheduler_disabled

from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, WARNING, Finding

HEARTBEAT_OVERDUE = timedelta(minutes=5)
CALENDAR_ENDS_WITHIN = timedelta(days=30)
# Asked for once a minute; a busy machine may be a little late.
LONGEST_TICK_SECONDS = 150
# A ladder counts minutes, and a school sleeps through a summer.
SLOWEST_TICK_SECONDS = 60
FEWEST_DORMANT_DAYS = 100


def check_running() -> Iterator[Finding]:
	"""Check what must run for any duty to be seen in time."""
	yield from _scheduler()
	yield from _heartbeat()
	yield from _pace()
	yield from _mail()
	yield from _calendar()


def _scheduler() -> Iterator[Finding]:
	if is_scheduler_disabled():
		yield Finding(ERROR, _("Scheduler"), "", _("The scheduler is off: nothing escalates. Enable it."))
	tick = cint(frappe.conf.scheduler_tick_interval) or SLOWEST_TICK_SECONDS
	if tick > SLOWEST_TICK_SECONDS:
		yield Finding(
			ERROR,
			_("Scheduler"),
			"scheduler_tick_interval",
			_("It looks for work every {0} seconds only. Set 60 in the site's configuration.").format(tick),
		)
	days = cint(frappe.db.get_single_value("System Settings", "dormant_days", cache=False))
	if days and days < FEWEST_DORMANT_DAYS:
		yield Finding(
			ERROR,
			_("Scheduler"),
			"dormant_days",
			_(
				"After {0} days without visitors (a vacation!) it runs rarely. Set {1} in System Settings."
			).format(days, FEWEST_DORMANT_DAYS),
		)


def _heartbeat() -> Iterator[Finding]:
	# Another process writes it many times a day: what this one remembers is old.
	last = frappe.db.get_single_value("Crisis Settings", "last_tick", cache=False)
	last = get_datetime(last) if last else None
	if last and last.year == 1:
		# The host gives the first of all days for a value that was never set.
		last = None
	if not last or now_datetime() - last > HEARTBEAT_OVERDUE:
		yield Finding(ERROR, _("Heartbeat"), str(last or ""), _("The engine has not ticked lately."))


def _pace() -> Iterator[Finding]:
	"""What the configuration says is one thing, how often the engine really ticked is another."""
	seconds = cint(frappe.db.get_single_value("Crisis Settings", "tick_seconds", cache=False))
	if seconds > LONGEST_TICK_SECONDS:
		yield Finding(
			ERROR,
			_("Heartbeat"),
			"tick_seconds",
			_("{0} seconds lay between the last two ticks. Set 60 and see that the workers run.").format(
				seconds
			),
		)


def _mail() -> Iterator[Finding]:
	settings = frappe.get_cached_doc("Crisis Settings")
	account = {"enable_outgoing": 1, "default_outgoing": 1}
	if settings.email_enabled and not frappe.db.exists("Email Account", account):
		yield Finding(
			WARNING,
			_("E-mail"),
			"",
			_("No account sends mail. Set a default outgoing account."),
		)


def _calendar() -> Iterator[Finding]:
	name = frappe.db.get_single_value("Crisis Settings", "school_calendar")
	if not name:
		yield Finding(ERROR, _("School Calendar"), "", _("No calendar is in use."))
		return
	ends = getdate(frappe.db.get_value("School Calendar", name, "to_date"))
	if ends - getdate() < CALENDAR_ENDS_WITHIN:
		yield Finding(WARNING, _("School Calendar"), name, _("The calendar ends soon."))
