"""Dashboards, charts and number cards that apps ship in `<module>/<name>_dashboard` folders or as records."""

from __future__ import annotations

import os
from collections.abc import Callable

import frappe
from frappe.modules.import_file import import_file_by_path

FOLDERS = ("dashboard_chart", "number_card", "dashboard")


def sync_dashboards(app: str | None = None) -> None:
	"""Import the dashboard records of an app, or of every installed app.

	Args:
		app: package name.
	"""
	for app_name in [app] if app else frappe.get_installed_apps():
		for module in frappe.get_module_list(app_name):
			root = os.path.join(frappe.get_app_path(app_name), frappe.scrub(module))
			_sync_module(os.path.join(root, f"{frappe.scrub(module)}_dashboard"))


def _sync_module(root: str) -> None:
	for kind in FOLDERS:
		folder = os.path.join(root, kind)
		if not os.path.isdir(folder):
			continue
		for name in sorted(os.listdir(folder)):
			path = os.path.join(folder, name, f"{name}.json")
			if os.path.exists(path):
				import_file_by_path(path)


def cache_source(function: Callable) -> Callable:
	"""Return a chart source's function as it is: results of charts depend on who asks, so none is kept."""
	return function
