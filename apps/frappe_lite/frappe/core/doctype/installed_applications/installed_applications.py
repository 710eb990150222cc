from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


class InstalledApplications(Document):
	"""The apps installed on the site and their versions, as the desk shows them."""

	def update_versions(self) -> None:
		"""Write the current versions."""
		update_versions()


def update_versions(apps: list[str] | None = None) -> None:
	"""Write the list of installed apps with their versions.

	Args:
		apps: package names; those of the site unless given.
	"""
	rows = [_row(app, idx) for idx, app in enumerate(apps or frappe.get_installed_apps(), start=1)]
	frappe.db.delete("Installed Application", {"parent": "Installed Applications"})
	frappe.db.bulk_insert("Installed Application", list(rows[0]), [tuple(row.values()) for row in rows])


def _row(app: str, idx: int) -> dict[str, Any]:
	from frappe.utils.install import stamps

	return {
		"name": frappe.generate_hash(length=10),
		**stamps(),
		"idx": idx,
		"parent": "Installed Applications",
		"parentfield": "installed_applications",
		"parenttype": "Installed Applications",
		"app_name": app,
		"app_version": get_app_version(app),
		"git_branch": "",
	}


def get_app_version(app: str) -> str:
	"""Return the version an app's package states, "0.0.1" when it states none."""
	return getattr(frappe.get_module(app), "__version__", "0.0.1")


@frappe.whitelist()
def get_installed_app_order() -> list[str]:
	"""Return the installed apps in the order in which their hooks apply."""
	frappe.only_for("System Manager")
	return frappe.get_installed_apps(_ensure_on_bench=True)
