"""Values of System Settings that the utilities need, known also while a site is being made."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared

DEFAULT_TIME_ZONE = "Asia/Shanghai"


def system_setting(fieldname: str) -> Any:
	"""Return a stored value of System Settings as text, None when there is none or no database yet."""
	if getattr(frappe.local, "db", None) is None:
		return None
	known = shared("system_settings_values")
	values = known.get("values")
	if values is None:
		values = _read_settings()
		if values is None:
			return None
		known["values"] = values
	return values.get(fieldname)


def _read_settings() -> dict[str, Any] | None:
	db = frappe.local.db
	try:
		return dict(db.sql("select `field`, `value` from `tabSingles` where `doctype` = 'System Settings'"))
	except db.Error as error:
		if not db.is_table_missing(error):
			raise
	return None


def get_system_timezone() -> str:
	"""Return the name of the site's time zone."""
	conf = getattr(frappe.local, "conf", None)
	return system_setting("time_zone") or (conf and conf.time_zone) or DEFAULT_TIME_ZONE
