from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

# Values that `frappe.defaults` and the boot of every user carry.
DEFAULTS = (
	"language",
	"time_zone",
	"country",
	"currency",
	"date_format",
	"time_format",
	"number_format",
	"float_precision",
	"currency_precision",
	"first_day_of_the_week",
	"rounding_method",
	"session_expiry",
	"setup_complete",
)
SESSION_EXPIRY = re.compile(r"^\d{1,4}:\d{2}(:\d{2})?$")


class SystemSettings(Document):
	"""Settings of the whole site."""

	def validate(self) -> None:
		self.check_password_policy()
		self.check_session_expiry()
		self.check_two_factor()
		self.check_time_zone()
		self.check_scores()

	def check_password_policy(self) -> None:
		"""A policy needs a least score."""
		if self.enable_password_policy and not cint(self.minimum_password_score):
			frappe.throw(_("Please select Minimum Password Score"))
		if not self.enable_password_policy:
			self.minimum_password_score = ""

	def check_session_expiry(self) -> None:
		"""Refuse what is not hours:minutes.

		Raises:
			ValidationError: it is not.
		"""
		if self.session_expiry and not SESSION_EXPIRY.match(self.session_expiry):
			frappe.throw(_("Session Expiry must be in format {0}").format("hh:mm"))

	def check_two_factor(self) -> None:
		"""A second factor needs a way to reach the user."""
		if self.enable_two_factor_auth and self.two_factor_method == "SMS":
			frappe.throw(
				_("Two factor authentication by SMS is not available on this host; use OTP App or Email")
			)
		if self.disable_user_pass_login and not self.login_with_email_link:
			frappe.throw(
				_("Please enable Login With Email Link before disabling username/password based login.")
			)

	def check_time_zone(self) -> None:
		"""Refuse a time zone nobody knows.

		Raises:
			ValidationError: there is none of that name.
		"""
		from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

		if not self.time_zone:
			return
		try:
			ZoneInfo(self.time_zone)
		except (ZoneInfoNotFoundError, ValueError):
			frappe.throw(_("{0} is not a time zone").format(frappe.bold(self.time_zone)))

	def check_scores(self) -> None:
		"""Limits below nothing would lock everybody out."""
		if cint(self.allow_consecutive_login_attempts) < 0 or cint(self.allow_login_after_fail) < 0:
			frappe.throw(_("Limits of login attempts cannot be negative"))

	def on_update(self) -> None:
		self.set_defaults()
		frappe.clear_cache()

	def set_defaults(self) -> None:
		"""Let the defaults of the site follow."""
		for key in DEFAULTS:
			if self.get(key) not in (None, ""):
				frappe.db.set_default(key, self.get(key))
		if self.language:
			frappe.db.set_default("lang", self.language)


@frappe.whitelist()
def load() -> dict[str, Any]:
	"""Return what the form of the settings needs.

	Returns:
		{"timezones": names of time zones, "defaults": stored values}.
	"""
	from zoneinfo import available_timezones

	from frappe.utils import get_system_timezone

	if "System Manager" not in frappe.get_roles():
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	settings = frappe.get_single("System Settings")
	fields = [field.fieldname for field in settings.meta.fields if field.fieldtype in ("Select", "Data")]
	values = {name: settings.get(name) for name in fields}
	values["time_zone"] = settings.time_zone or get_system_timezone()
	return {"timezones": sorted(available_timezones()), "defaults": values}


def get_system_settings(key: str) -> Any:
	"""Return a setting; kept for callers of Frappe's older path."""
	return frappe.get_system_settings(key)
