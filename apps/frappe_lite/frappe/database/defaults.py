"""Defaults and globals of the site, asked through the database object as in Frappe."""

from __future__ import annotations

from typing import Any

import frappe.defaults

GLOBAL = "__global"
DEFAULT = "__default"


class SiteDefaults:
	"""The methods of a Database for values kept in `DefaultValue`."""

	@staticmethod
	def set_global(key: str, val: Any, user: str = GLOBAL) -> None:
		"""Store a value of the site."""
		frappe.defaults.set_default(key, val, user)

	@staticmethod
	def get_global(key: str, user: str = GLOBAL) -> Any:
		"""Return a stored value of the site."""
		return SiteDefaults.get_default(key, user)

	@staticmethod
	def get_default(key: str, parent: str = DEFAULT) -> Any:
		"""Return a default; the first one of several."""
		value = frappe.defaults.get_defaults_for(parent).get(key)
		return value[0] if isinstance(value, list) and value else value

	@staticmethod
	def set_default(key: str, val: Any, parent: str = DEFAULT, parenttype: str | None = None) -> None:
		"""Replace a default."""
		frappe.defaults.set_default(key, val, parent, parenttype)

	@staticmethod
	def add_default(key: str, val: Any, parent: str = DEFAULT, parenttype: str | None = None) -> None:
		"""Add a further value to a default."""
		frappe.defaults.add_default(key, val, parent, parenttype)

	@staticmethod
	def get_defaults(key: str | None = None, parent: str = DEFAULT) -> Any:
		"""Return a default (a list when it has several values), or all of them as a dict."""
		defaults = frappe.defaults.get_defaults_for(parent)
		if not key:
			return defaults
		return defaults.get(key, defaults.get(frappe.scrub(key)))
