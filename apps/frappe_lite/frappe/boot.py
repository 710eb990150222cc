"""What the desk needs to know when it starts."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.permissions.summary import rights_by_doctype


def get_bootinfo() -> Any:
	"""Return the boot values of the current user; guests get language, texts and nothing of the site's
	data."""
	bootinfo = frappe._dict(
		lang=frappe.local.lang,
		__messages=_messages(),
		user=_user(),
		sitename=frappe.local.site,
		site_name=frappe.local.site,
		developer_mode=frappe.conf.developer_mode or 0,
		setup_complete=1,
		csrf_token=None,
		app_include_js=frappe.get_hooks("app_include_js"),
		app_include_css=frappe.get_hooks("app_include_css"),
		app_name=_app_title(),
	)
	if frappe.session.user == "Guest":
		return bootinfo
	from frappe.sessions import get_csrf_token

	bootinfo.csrf_token = get_csrf_token()
	_add_user_values(bootinfo)
	for method in frappe.get_hooks("extend_bootinfo"):
		frappe.get_attr(method)(bootinfo=bootinfo)
	return bootinfo


def _messages() -> dict[str, str]:
	from frappe.translate import get_messages_for_boot

	return get_messages_for_boot()


def _app_title() -> str:
	titles = frappe.get_hooks("app_title")
	return titles[-1] if titles else "Frappe"


def _user() -> Any:
	from frappe.permissions.roles import get_user_facts

	facts = get_user_facts(frappe.session.user)
	user = frappe._dict(
		name=frappe.session.user,
		full_name=facts.get("full_name") or frappe.session.user,
		image=facts.get("user_image"),
		user_type=facts.get("user_type"),
		language=facts.get("language"),
		roles=frappe.get_roles(),
		defaults={},
	)
	if frappe.session.user == "Guest":
		return user
	user.defaults = frappe.defaults.get_defaults_for(frappe.session.user)
	user.desk_theme = frappe.db.get_value("User", frappe.session.user, "desk_theme")
	return user.update(rights_by_doctype(frappe.session.user))


def _add_user_values(bootinfo: Any) -> None:
	from frappe.desk.api.listing import user_info_of
	from frappe.desk.desktop import get_workspace_sidebar_items
	from frappe.utils import get_system_timezone, now_datetime

	bootinfo.sysdefaults = frappe.defaults.get_defaults_for()
	bootinfo.user_info = user_info_of([frappe.session.user])
	bootinfo.time_zone = {"system": get_system_timezone(), "user": _user_time_zone()}
	bootinfo.server_time = str(now_datetime())
	bootinfo.workspaces = get_workspace_sidebar_items()
	bootinfo.versions = {
		app: getattr(frappe.get_module(app), "__version__", "") for app in frappe.get_installed_apps()
	}
	bootinfo.max_file_size = int(frappe.conf.max_file_size or 25 * 1024 * 1024)
	bootinfo.single_types = _names("issingle")
	bootinfo.link_title_doctypes = _names("show_title_field_in_link")
	bootinfo.translated_doctypes = _names("translated_doctype")
	bootinfo.home_page = _home_page()


def _user_time_zone() -> str:
	from frappe.permissions.roles import get_user_facts
	from frappe.utils import get_system_timezone

	return get_user_facts(frappe.session.user).get("time_zone") or get_system_timezone()


def _names(flag: str) -> list[str]:
	from frappe.kernel.cache import shared

	kept = shared("doctypes_by_flag")
	if flag not in kept:
		kept[flag] = frappe.get_all("DocType", filters={flag: 1}, pluck="name", limit_page_length=0)
	return kept[flag]


def _home_page() -> str:
	homes = frappe.get_hooks("role_home_page", {})
	for role in frappe.get_roles():
		if homes.get(role):
			return homes[role][-1]
	return "Workspaces"


@frappe.whitelist()
def get_boot() -> Any:
	"""Return the boot values of the current user over REST."""
	return get_bootinfo()
