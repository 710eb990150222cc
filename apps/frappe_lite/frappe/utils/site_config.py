"""The folder and the configuration file of a site."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import secrets
from typing import Any

import frappe

FOLDERS = (
	("public", "files"),
	("private", "files"),
	("private", "backups"),
	("locks",),
	("logs",),
)

# Text would always count as true.
SWITCHES = {"0": 0, "1": 1, "true": True, "false": False}


def make_conf(
	db_name: str | None = None,
	db_password: str | None = None,
	site_config: dict[str, Any] | None = None,
	db_type: str | None = None,
	db_host: str | None = None,
	db_port: int | None = None,
	force: bool = False,
) -> None:
	"""Write site_config.json of the site of the context and load it into the context.

	Args:
		db_name: name of the database; derived from the site's name unless given.
		db_password: of the site's database user; random unless given (MariaDB).
		site_config: write exactly this.
		db_type: "sqlite" or "mariadb".
		db_host, db_port: of the MariaDB server.
		force: replace an existing file.
	"""
	make_site_config(db_name, db_password, site_config, db_type, db_host, db_port, force)
	local = frappe.local
	local.conf.clear()
	local.conf.update(frappe.get_site_config(local.sites_path, local.site_path))
	frappe.flags.new_site = False


def make_site_config(
	db_name: str | None = None,
	db_password: str | None = None,
	site_config: dict[str, Any] | None = None,
	db_type: str | None = None,
	db_host: str | None = None,
	db_port: int | None = None,
	force: bool = False,
) -> None:
	"""Write site_config.json of the site of the context unless it exists; see make_conf."""
	os.makedirs(frappe.local.site_path, exist_ok=True)
	path = get_site_config_path()
	if os.path.exists(path) and not force:
		return
	values = site_config or _new_values(db_name, db_password, db_type, db_host, db_port)
	_write(path, values)


def _new_values(
	db_name: str | None,
	db_password: str | None,
	db_type: str | None,
	db_host: str | None,
	db_port: int | None,
) -> dict[str, Any]:
	site = frappe.local.site
	values = {
		"db_name": db_name or "_" + hashlib.sha1(site.encode(), usedforsecurity=False).hexdigest()[:16],
		"db_type": db_type or "sqlite",
		"encryption_key": base64.urlsafe_b64encode(os.urandom(32)).decode(),
	}
	if values["db_type"] != "sqlite":
		values["db_password"] = db_password or secrets.token_urlsafe(12)
		values.update({k: v for k, v in (("db_host", db_host), ("db_port", db_port)) if v})
	return values


def make_site_dirs() -> None:
	"""Create the folders of the site of the context; private ones are closed to other users of the
	machine.
	"""
	for parts in FOLDERS:
		os.makedirs(frappe.get_site_path(*parts), exist_ok=True)
	os.chmod(frappe.get_site_path("private"), 0o700)


def get_site_config_path() -> str:
	"""Return the path of site_config.json of the site of the context."""
	return os.path.join(frappe.local.site_path, "site_config.json")


def update_site_config(
	key: str, value: Any, validate: bool = True, site_config_path: str | None = None
) -> None:
	"""Set one key of a configuration file and of the context; the value "None" removes it.

	Args:
		key: name in the file.
		value: what to write; the texts "0", "1", "true" and "false" are read as switches.
		validate: read every text of digits as a number.
		site_config_path: file to change; the site's own unless given.
	"""
	path = site_config_path or get_site_config_path()
	values = frappe.get_file_json(path) if os.path.exists(path) else {}
	value = _parsed(value) if validate else SWITCHES.get(value, value) if isinstance(value, str) else value
	if value == "None" or value is None:
		values.pop(key, None)
	else:
		values[key] = value
	_write(path, values)
	if getattr(frappe.local, "conf", None) is not None:
		frappe.local.conf[key] = None if value == "None" else value


def _parsed(value: Any) -> Any:
	if not isinstance(value, str):
		return value
	if value.lower() in ("true", "false"):
		return value.lower() == "true"
	if re.fullmatch(r"-?\d+", value):
		return int(value)
	return value


def _write(path: str, values: dict[str, Any]) -> None:
	"""Replace the file at once: a half-written configuration would keep the site from starting."""
	temporary = f"{path}.{secrets.token_hex(4)}"
	with open(os.open(temporary, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
		json.dump(values, file, indent=1, sort_keys=True)
	os.replace(temporary, path)
