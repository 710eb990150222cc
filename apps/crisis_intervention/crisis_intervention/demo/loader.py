"""Loads the demo school in one go: staff, roster, team, on-call slots, a few live matters."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.demo import accounts, clock, matters, roster, stories, team, term

ACCOUNTS_FILE = "demo_accounts.txt"


def load() -> dict[str, int]:
	"""Fill an empty site with the demo school; on a site that has it already nothing happens.

	The names come from a fixed seed and belong to nobody; the addresses are at example.com.

	:returns: counts of `users`, `classes`, `students`, `reports`, `cases`
	:raises frappe.ValidationError: on a site that holds a real school
	"""
	if not is_loaded():
		_refuse_real_school()
		_fill()
	_write_accounts_file()
	return counts()


def is_loaded() -> bool:
	"""Say whether the demo school is on this site."""
	return bool(frappe.db.exists("User", accounts.ACCOUNTS[0].email))


def counts() -> dict[str, int]:
	"""Return how many records the school has."""
	kinds = {
		"users": "User",
		"classes": "School Class",
		"students": "Student Profile",
		"reports": "Warning Report",
		"cases": "Student Case",
	}
	return {key: frappe.db.count(doctype) for key, doctype in kinds.items()}


def _refuse_real_school() -> None:
	if frappe.db.count("Student Profile"):
		frappe.throw(_("This site holds a school already. The demo school needs an empty site."))


def _fill() -> None:
	muted, frappe.flags.mute_emails = frappe.flags.mute_emails, True
	try:
		accounts.make_accounts()
		classes = roster.make_classes()
		roster.make_students(classes)
		team.make_team()
		roster.appoint_monitors(classes)
		_live_through(classes)
		matters.make_matters(classes)
	finally:
		frappe.flags.mute_emails = muted
		frappe.set_user("Administrator")


def _live_through(classes: list[str]) -> None:
	if not clock.has_clock():
		print("The library freezegun is not installed: the demo school has no history.")
		return
	with _without_messages(), clock.travelling() as go_to:
		present = now_datetime()
		term.live_through(classes, go_to)
		stories.tell(classes, go_to, present)


@contextmanager
def _without_messages() -> Iterator[None]:
	"""History is entered without sending what everybody was told long ago."""
	frappe.db.set_single_value("Crisis Settings", {"email_enabled": 0, "desk_enabled": 0})
	try:
		yield
	finally:
		frappe.db.set_single_value("Crisis Settings", {"email_enabled": 1, "desk_enabled": 1})


def _write_accounts_file() -> None:
	"""Put the list of demo accounts beside the site's configuration, for whoever starts the bench."""
	Path(frappe.get_site_path(ACCOUNTS_FILE)).write_text(accounts.as_text(), encoding="utf-8")
