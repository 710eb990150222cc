"""Install and migrate: refuse foreign records of our names, bring the seed, prepare the site."""

import frappe
from frappe.utils import cint

from crisis_intervention.access.customising import grant_customising
from crisis_intervention.seed.guard import refuse_foreign_names
from crisis_intervention.seed.loader import sync

DORMANT_DAYS = 365


def before_install() -> None:
	"""Stop with a clear sentence when another app defines a DocType or module of our name."""
	refuse_foreign_names()


def after_install() -> None:
	"""Bring what a site starts with."""
	sync()
	_fill_settings()
	_start_clock()
	grant_customising()


def after_migrate() -> None:
	"""Bring what a new version ships; what an admin changed or deleted stays."""
	refuse_foreign_names()
	sync()
	_fill_settings()
	_drop_caches()


def _fill_settings() -> None:
	"""Remember the zone in which this site stores its times."""
	zone = frappe.db.get_single_value("System Settings", "time_zone")
	if zone and not frappe.db.get_single_value("Crisis Settings", "time_zone"):
		frappe.db.set_single_value("Crisis Settings", "time_zone", zone)


def _start_clock() -> None:
	"""Switch the scheduler on, and keep it at pace through a vacation; the self-check watches both."""
	frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
	if not frappe.get_meta("System Settings").has_field("dormant_days"):
		return
	if cint(frappe.db.get_single_value("System Settings", "dormant_days")) < DORMANT_DAYS:
		frappe.db.set_single_value("System Settings", "dormant_days", DORMANT_DAYS)


def _drop_caches() -> None:
	from crisis_intervention.crisis_plan.clocks import site
	from crisis_intervention.crisis_plan.rules import cache

	cache.clear()
	site.clear()
