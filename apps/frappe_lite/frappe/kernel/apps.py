"""Apps of the bench: which there are, their modules, their hooks, their code by dotted path."""

from __future__ import annotations

import functools
import importlib
import json
import os
from types import ModuleType
from typing import Any

from frappe.exceptions import AppNotInstalledError
from frappe.kernel.context import local
from frappe.types import _dict

_KEEP_DEFAULT_LIST = "_KEEP_DEFAULT_LIST"


def scrub(txt: str) -> str:
	"""Return the snake-case form of a label: "Student Case" → "student_case"."""
	return str(txt).replace(" ", "_").replace("-", "_").lower()


def unscrub(txt: str) -> str:
	"""Return the label form of a snake-case name: "student_case" → "Student Case"."""
	return txt.replace("_", " ").replace("-", " ").title()


def get_module(modulename: str) -> ModuleType:
	"""Import and return the module of a dotted name."""
	return importlib.import_module(modulename)


def get_module_path(module: str, *joins: str) -> str:
	"""Return the folder of a module such as "Case Registry"."""
	from frappe.modules.utils import get_module_app

	app = get_module_app(module)
	return get_pymodule_path(f"{app}.{scrub(module)}", *joins)


def get_app_path(app_name: str, *joins: str) -> str:
	"""Return the package folder of an app with `joins` appended; the joins are scrubbed unless they name
	files."""
	return get_pymodule_path(app_name, *joins)


def get_app_source_path(app: str, *joins: str) -> str:
	"""Return the folder that holds the app's package."""
	return os.path.abspath(os.path.join(get_app_path(app), "..", *joins))


def get_pymodule_path(modulename: str, *joins: str) -> str:
	"""Return the folder of an importable module with `joins` appended."""
	if "public" not in joins:
		joins = tuple(scrub(part) for part in joins)
	folder = os.path.dirname(get_module(scrub(modulename)).__file__ or "")
	return os.path.abspath(os.path.join(folder, *joins))


def get_all_apps(with_internal_apps: bool = True, sites_path: str | None = None) -> list[str]:
	"""Return the apps of this bench, `frappe` first.

	Reads `sites/apps.txt`; the official CLI may leave that file empty, so the apps folder is asked as well.

	Args:
		with_internal_apps: kept for Frappe's signature.
		sites_path: the bench's `sites` folder; None takes the context's.
	"""
	sites_path = sites_path or getattr(local, "sites_path", None) or "."
	listed = _lines(os.path.join(sites_path, "apps.txt"))
	found = listed if any(app != "frappe" for app in listed) else _apps_in_folder(sites_path)
	return ["frappe", *(app for app in found if app != "frappe")]


def _lines(path: str) -> tuple[str, ...]:
	"""Return the lines of a file, () when there is none; read again only when it changed."""
	try:
		stat = os.stat(path)
	except FileNotFoundError:
		return ()
	return _read_lines(path, stat.st_ino, stat.st_mtime_ns, stat.st_size)


@functools.lru_cache(maxsize=16)
def _read_lines(path: str, _inode: int, _modified: int, _size: int) -> tuple[str, ...]:
	with open(path, encoding="utf-8") as file:
		return tuple(line.strip() for line in file if line.strip() and not line.startswith("#"))


def _apps_in_folder(sites_path: str) -> list[str]:
	folder = os.path.join(os.path.abspath(sites_path), "..", "apps")
	if not os.path.isdir(folder):
		return []
	return [
		app
		for app in sorted(os.listdir(folder))
		if os.path.exists(os.path.join(folder, app, app, "hooks.py"))
	]


def get_installed_apps(*, _ensure_on_bench: bool = False, **kwargs: Any) -> list[str]:
	"""Return the apps installed on the site, `frappe` first; every app of the bench while there is no
	database."""
	if getattr(local.flags, "in_install_db", False):
		return ["frappe"]
	if not getattr(local, "db", None):
		return get_all_apps()
	from frappe.kernel.cache import shared

	apps = shared("installed_apps").get("apps")
	if apps is None:
		apps = json.loads(local.db.get_global("installed_apps") or "[]")
		shared("installed_apps")["apps"] = apps
	if _ensure_on_bench:
		on_bench = get_all_apps()
		apps = [app for app in apps if app in on_bench]
	return list(apps)


def get_attr(method_string: str) -> Any:
	"""Return the object of a dotted path.

	Raises:
		AppNotInstalledError: the path's app is not installed on the site.
		ImportError, AttributeError: nothing has that path.
	"""
	modulename, _, methodname = method_string.rpartition(".")
	app_name = method_string.split(".", 1)[0]
	if not getattr(local.flags, "in_uninstall", False) and app_name not in _importable_apps():
		raise AppNotInstalledError(f"App {app_name} is not installed")
	return getattr(get_module(modulename), methodname)


def _importable_apps() -> list[str]:
	if getattr(local.flags, "in_install", None) or not getattr(local, "db", None):
		return get_all_apps()
	return get_installed_apps()


def get_hooks(hook: str | None = None, default: Any = _KEEP_DEFAULT_LIST, app_name: str | None = None) -> Any:
	"""Return hooks of the installed apps, merged in the order of installation.

	Args:
		hook: name of one hook; None returns all of them as a dict.
		default: answer when no app declares `hook`; a list unless given.
		app_name: only this app's hooks.
	"""
	apps = (app_name,) if app_name else tuple(get_installed_apps(_ensure_on_bench=True) or ["frappe"])
	hooks = _merged_hooks(apps)
	if not hook:
		return _dict(hooks)
	found = hooks.get(hook)
	if found is None:
		return [] if default == _KEEP_DEFAULT_LIST else default
	return found


@functools.lru_cache(maxsize=64)
def _merged_hooks(apps: tuple[str, ...]) -> dict[str, Any]:
	merged: dict[str, Any] = {}
	for app in apps:
		for key, value in vars(get_module(f"{app}.hooks")).items():
			if not key.startswith("_") and not isinstance(value, ModuleType) and not callable(value):
				append_hook(merged, key, value)
	return merged


def clear_hooks_cache() -> None:
	"""Read every hooks.py anew on the next question."""
	_merged_hooks.cache_clear()
	_module_map.cache_clear()


def append_hook(target: dict[str, Any], key: str, value: Any) -> None:
	"""Merge one hook value: dicts merge by key, everything else is gathered in a list."""
	if isinstance(value, dict):
		target.setdefault(key, {})
		for inkey, invalue in value.items():
			append_hook(target[key], inkey, invalue)
		return
	gathered = target.setdefault(key, [])
	gathered.extend(value if isinstance(value, list | tuple) else [value])


def setup_module_map() -> None:
	"""Put the maps app → modules and module → app of the bench into the context."""
	local.app_modules, local.module_app = _module_map(tuple(get_all_apps()))


@functools.lru_cache(maxsize=16)
def _module_map(apps: tuple[str, ...]) -> tuple[dict[str, list[str]], dict[str, str]]:
	app_modules: dict[str, list[str]] = {}
	module_app: dict[str, str] = {}
	for app in apps:
		modules = [scrub(module) for module in get_module_list(app)]
		app_modules[app] = modules
		for module in modules:
			module_app.setdefault(module, app)
	return app_modules, module_app


def get_module_list(app_name: str) -> list[str]:
	"""Return the modules that an app's modules.txt names."""
	return list(_lines(get_app_path(app_name, "modules.txt")))


def get_file_items(path: str, raise_not_found: bool = False, ignore_empty_lines: bool = True) -> list[str]:
	"""Return the lines of a text file, without comments."""
	if raise_not_found and not os.path.exists(path):
		raise FileNotFoundError(path)
	return list(_lines(path))


def get_file_json(path: str) -> Any:
	"""Return the parsed JSON of a file."""
	with open(path, encoding="utf-8") as file:
		return json.load(file)


def read_file(path: str, raise_not_found: bool = False) -> str | None:
	"""Return the text of a file, None when there is no such file."""
	if not os.path.exists(path):
		if raise_not_found:
			raise FileNotFoundError(f"{path} Not Found")
		return None
	with open(path, encoding="utf-8") as file:
		return file.read()


def call(fn: Any, *args: Any, **kwargs: Any) -> Any:
	"""Call a function, or the function of a dotted path, with those keyword arguments it takes."""
	if isinstance(fn, str):
		fn = get_attr(fn)
	return fn(*args, **get_newargs(fn, kwargs))


def get_newargs(fn: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
	"""Return the part of `kwargs` that `fn` takes; all of it when `fn` has **kwargs."""
	names, takes_all = _parameters(getattr(fn, "__wrapped__", fn) if hasattr(fn, "__wrapped__") else fn)
	accepted = dict(kwargs) if takes_all else {key: value for key, value in kwargs.items() if key in names}
	for key in ("ignore_permissions", "flags"):
		accepted.pop(key, None)
	return accepted


def _parameters(fn: Any) -> tuple[frozenset[str], bool]:
	try:
		return _cached_parameters(fn)
	except TypeError:
		return _read_parameters(fn)


def _read_parameters(fn: Any) -> tuple[frozenset[str], bool]:
	import inspect

	parameters = inspect.signature(fn).parameters.values()
	takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
	return frozenset(p.name for p in parameters), takes_all


_cached_parameters = functools.lru_cache(maxsize=2048)(_read_parameters)
