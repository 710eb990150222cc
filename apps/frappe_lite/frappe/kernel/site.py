"""Life of a site context: configuration, `init`, `connect`, `destroy`."""

from __future__ import annotations

import json
import os
from typing import Any

from frappe.exceptions import IncorrectSitePath
from frappe.kernel import context
from frappe.kernel.context import local
from frappe.types import _dict

_config_cache: dict[str, tuple[int, dict[str, Any]]] = {}


def init(site: str, sites_path: str = ".", new_site: bool = False, force: bool = False) -> None:
	"""Fill the context for a site without opening its database.

	Args:
		site: folder name under `sites_path`; "" or None makes a context without a site.
		sites_path: the bench's `sites` folder, relative paths count from the working directory.
		new_site: the site folder does not exist yet.
		force: set up again although the context already has a site.

	Raises:
		IncorrectSitePath: the site's folder or its site_config.json is missing.
	"""
	if getattr(local, "initialised", None) and not force:
		return
	in_test = bool(getattr(local, "flags", None) and local.flags.in_test)
	site_path = os.path.join(sites_path, site) if site else ""
	conf = _dict(get_site_config(sites_path, site_path, missing_ok=new_site or not site))
	context.reset(_initial_values(site, sites_path, site_path, conf))
	local.flags.new_site = new_site
	local.flags.in_test = in_test
	local.qb = _query_builder(conf.db_type or "sqlite")
	_set_up_module_map()
	local.initialised = True


def _initial_values(site: str, sites_path: str, site_path: str, conf: _dict) -> dict[str, Any]:
	return {
		"site": site,
		"sites_path": sites_path,
		"site_path": site_path,
		"site_name": site,
		"conf": conf,
		"db": None,
		"flags": context.new_flags(),
		"error_log": [],
		"debug_log": [],
		"message_log": [],
		"form_dict": _dict(),
		"response": _dict({"docs": []}),
		"request": None,
		"request_ip": None,
		"session": _dict(),
		"user": None,
		"user_obj": None,
		"task_id": None,
		"lang": conf.lang or "zh",
		"role_permissions": {},
		"request_cache": {},
		"document_cache": {},
		"site_version": None,
		"new_doc_templates": {},
		"preload_assets": {"style": [], "script": []},
		"test_objects": {},
		"jenv": None,
		"initialised": False,
		"dev_server": os.environ.get("DEV_SERVER"),
	}


def _query_builder(db_type: str) -> Any:
	from frappe.query_builder import get_query_builder

	return get_query_builder(db_type)


def _set_up_module_map() -> None:
	from frappe.kernel.apps import setup_module_map

	setup_module_map()


def connect(site: str | None = None, db_name: str | None = None, set_admin_as_user: bool = True) -> None:
	"""Open the site's database and become Administrator.

	Args:
		site: initialise this site first; None keeps the site of the context.
		db_name: connect to this database instead of the configured one.
		set_admin_as_user: become Administrator after connecting.
	"""
	from frappe.database import get_db

	if site:
		init(site)
	local.db = get_db(cur_db_name=db_name) if db_name else get_db()
	if set_admin_as_user:
		from frappe.kernel.user import set_user

		set_user("Administrator")


def destroy() -> None:
	"""Close the database of the context and forget the context."""
	db = getattr(local, "db", None)
	if db is not None:
		db.close()
	context.release()


def get_site_config(
	sites_path: str | None = None, site_path: str | None = None, missing_ok: bool = False
) -> dict[str, Any]:
	"""Return common_site_config.json overlaid by the site's own site_config.json and the environment.

	Args:
		sites_path: the bench's `sites` folder; None takes the context's.
		site_path: the site's folder; None takes the context's.
		missing_ok: answer the common configuration when the site has none.

	Raises:
		IncorrectSitePath: the site has no site_config.json.
	"""
	sites_path = sites_path or getattr(local, "sites_path", None) or "."
	site_path = site_path if site_path is not None else getattr(local, "site_path", "")
	config = dict(read_config(os.path.join(sites_path, "common_site_config.json")))
	if site_path:
		path = os.path.join(site_path, "site_config.json")
		if os.path.exists(path):
			config.update(read_config(path))
		elif not missing_ok:
			raise IncorrectSitePath(f"Site {os.path.basename(site_path)} does not exist on this bench")
	config.update(_from_environment())
	config.setdefault("db_type", "sqlite")
	config.setdefault("developer_mode", 0)
	return config


def read_config(path: str) -> dict[str, Any]:
	"""Return the JSON object in `path`, {} when there is no such file; parsed again only when it changed."""
	try:
		stamp = os.stat(path).st_mtime_ns
	except FileNotFoundError:
		return {}
	cached = _config_cache.get(path)
	if cached and cached[0] == stamp:
		return cached[1]
	with open(path, encoding="utf-8") as file:
		values = json.load(file)
	_config_cache[path] = (stamp, values)
	return values


def _from_environment() -> dict[str, Any]:
	names = ("redis_queue", "redis_cache", "db_host", "db_port", "db_type", "webserver_port")
	return {
		name: os.environ[f"FRAPPE_{name.upper()}"] for name in names if f"FRAPPE_{name.upper()}" in os.environ
	}


def get_conf(site: str | None = None) -> _dict:
	"""Return the configuration of the context, or of `site`."""
	if getattr(local, "conf", None) and (not site or site == local.site):
		return local.conf
	sites_path = getattr(local, "sites_path", None) or "."
	return _dict(get_site_config(sites_path, os.path.join(sites_path, site or "")))


def get_site_path(*joins: str) -> str:
	"""Return the path of the site's folder with `joins` appended."""
	return os.path.join(local.site_path, *joins)
