"""Default values of the site and of users, kept in `DefaultValue`."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.kernel.cache import bump_site_version, shared
from frappe.types import _dict

GLOBAL = "__default"
COMMON_PARENTS = (GLOBAL, "__global")


def set_user_default(key: str, value: Any, user: str | None = None, parenttype: str | None = None) -> None:
	"""Set a default of a user, the current one unless named."""
	set_default(key, value, user or frappe.session.user, parenttype)


def add_user_default(key: str, value: Any, user: str | None = None, parenttype: str | None = None) -> None:
	"""Add a further value to a default of a user."""
	add_default(key, value, user or frappe.session.user, parenttype)


def get_user_default(key: str, user: str | None = None) -> Any:
	"""Return the default of a user, else the site's; the first one of several."""
	value = _own_or_global(key, user)
	return value[0] if isinstance(value, list | tuple) and value else value


def get_user_default_as_list(key: str, user: str | None = None) -> list:
	"""Return all values of a default of a user, else the site's, without empty ones."""
	value = _own_or_global(key, user)
	values = value if isinstance(value, list | tuple) else [value]
	return [item for item in values if item]


def _own_or_global(key: str, user: str | None) -> Any:
	own = get_defaults_for(user or frappe.session.user)
	for name in (key, frappe.scrub(key)):
		if own.get(name) is not None:
			return own[name]
	site = get_defaults_for()
	return site.get(key) if site.get(key) is not None else site.get(frappe.scrub(key))


def get_user_permissions(user: str | None = None) -> dict:
	"""Return the user permissions of a user as {DocType: [{doc, applicable_for, …}]}."""
	from frappe.permissions import get_user_permissions as permissions_of

	return permissions_of(user or frappe.session.user)


def get_defaults(user: str | None = None) -> _dict:
	"""Return the site's defaults overlaid by those of a user."""
	values = get_defaults_for().copy()
	user = user or (frappe.session.user if frappe.session else "Guest")
	if user:
		values.update(get_defaults_for(user))
		values["user"] = values["owner"] = user
	return _dict(values)


def clear_user_default(key: str, user: str | None = None) -> None:
	"""Remove a default of a user."""
	clear_default(key, parent=user or frappe.session.user)


def set_global_default(key: str, value: Any) -> None:
	"""Set a default of the site."""
	set_default(key, value, GLOBAL)


def add_global_default(key: str, value: Any) -> None:
	"""Add a further value to a default of the site."""
	add_default(key, value, GLOBAL)


def get_global_default(key: str) -> Any:
	"""Return a default of the site; the first one of several."""
	value = get_defaults_for().get(key)
	return value[0] if isinstance(value, list | tuple) and value else value


def set_default(key: str, value: Any, parent: str, parenttype: str = GLOBAL) -> None:
	"""Replace the values of a default; None removes it."""
	frappe.db.sql("delete from `tabDefaultValue` where `defkey` = %s and `parent` = %s", (key, parent))
	if value is not None:
		add_default(key, value, parent, parenttype)
	else:
		_clear_cache(parent)


def add_default(key: str, value: Any, parent: str, parenttype: str | None = None) -> None:
	"""Insert one value of a default."""
	from frappe.utils import now

	stamp = now()
	user = frappe.session.user if frappe.session else "Administrator"
	frappe.db.sql(
		"""insert into `tabDefaultValue`
		(`name`, `creation`, `modified`, `modified_by`, `owner`, `docstatus`, `idx`,
		`parent`, `parenttype`, `parentfield`, `defkey`, `defvalue`)
		values (%s, %s, %s, %s, %s, 0, 0, %s, %s, 'system_defaults', %s, %s)""",
		(
			frappe.generate_hash(length=10),
			stamp,
			stamp,
			user,
			user,
			parent,
			parenttype or GLOBAL,
			key,
			value if isinstance(value, str) else json.dumps(value),
		),
	)
	_clear_cache(parent)


def clear_default(
	key: str | None = None,
	value: str | None = None,
	parent: str | None = None,
	name: str | None = None,
	parenttype: str | None = None,
) -> None:
	"""Remove the defaults that match all given values; at least one must be given.

	Raises:
		ValueError: nothing was given.
	"""
	filters = {"defkey": key, "defvalue": value, "parent": parent, "name": name, "parenttype": parenttype}
	given = {field: wanted for field, wanted in filters.items() if wanted}
	if not given:
		raise ValueError("No key specified.")
	condition = " and ".join(f"`{field}` = %({field})s" for field in given)
	frappe.db.sql(f"delete from `tabDefaultValue` where {condition}", given)
	_clear_cache(parent)


def get_defaults_for(parent: str = GLOBAL) -> _dict:
	"""Return the defaults of a user or of the site; a key with several values has a list."""
	kept = shared("defaults")
	if parent not in kept:
		kept[parent] = _read_defaults(parent)
	return _dict(kept[parent])


def _read_defaults(parent: str) -> dict[str, Any]:
	rows = frappe.db.sql(
		"select `defkey`, `defvalue` from `tabDefaultValue` where `parent` = %s order by `creation`", parent
	)
	values: dict[str, Any] = {}
	for key, value in rows:
		if key not in values:
			values[key] = value
			continue
		several = values[key] if isinstance(values[key], list) else [values[key]]
		values[key] = [*several, value]
	return values


def _clear_cache(parent: str | None) -> None:
	bump_site_version()


def clear_cache(parent: str | None = None) -> None:
	"""Forget what is known of defaults."""
	bump_site_version()
