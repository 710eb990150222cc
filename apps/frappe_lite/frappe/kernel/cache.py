"""Caches: `frappe.cache` with Frappe's methods, and what the runtime derives from the database.

Everything derived from the database belongs to a version of the site, a number in `__global_version` that a
change of meta
or permissions raises in its own transaction. A request sees the version once, at its start, and uses only
caches of that
version; a transaction that raises it works on a private cache until it ends. So nobody ever caches
uncommitted or outdated facts.
"""

from __future__ import annotations

import fnmatch
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from frappe.kernel.context import local

KEPT_VERSIONS = 3
META, VALUES, ACCESS = "meta", "values", "access"

_stores: dict[tuple[str, str], dict[Any, dict[str, dict]]] = {}
_stores_lock = threading.Lock()


# ------------------------------------------------------------------ versions of a site
def check_site_version() -> None:
	"""Read the site's versions; called once at the start of every request, job and tick."""
	local.site_version = _read_versions()


def _read_versions() -> dict[str, Any]:
	db = getattr(local, "db", None)
	if not db:
		return {}
	try:
		rows = db.sql("select `name`, `version` from `__global_version`")
	except Exception as error:
		if not db.is_table_missing(error):
			raise
		rows = ()
	return {name: version for name, version in rows}


def site_version(kind: str = META) -> Any:
	"""Return the version of the site that this context works on."""
	if getattr(local, "site_version", None) is None:
		check_site_version()
	return local.site_version.get(kind, 0)


def bump_site_version(*kinds: str) -> None:
	"""Make every process drop what it derived from the database, once this transaction is committed.

	Args:
		kinds: META (documents that shape meta or permissions), VALUES (entries of `frappe.cache`); both
		unless given.
	"""
	for kind in kinds or (META, VALUES):
		current = site_version(kind)
		if isinstance(current, _Private):
			current.clear()
			continue
		local.site_version[kind] = _Private()
		if getattr(local, "db", None) and not _is_reading_only():
			_raise_version(kind)
			local.db.after_commit.add(check_site_version)
			local.db.after_rollback.add(check_site_version)


def _is_reading_only() -> bool:
	return bool(local.flags.read_only) or bool(getattr(local.db, "is_read_only", False))


def _raise_version(kind: str) -> None:
	db = local.db
	try:
		known = db.sql("select 1 from `__global_version` where `name` = %s", kind)
	except Exception as error:
		if not db.is_table_missing(error):
			raise
		return
	if known:
		db.sql("update `__global_version` set `version` = `version` + 1 where `name` = %s", kind)
	else:
		db.sql("insert into `__global_version` (`name`, `version`) values (%s, 1)", kind)


class _Private(dict):
	"""The cache of a transaction that raised the version; it is seen by nobody else."""

	__hash__ = object.__hash__

	def __eq__(self, other: object) -> bool:
		return self is other


def shared(area: str, kind: str = META) -> dict:
	"""Return the process-wide dict of an area for the version this context works on.

	Args:
		area: name of what is cached, such as "meta" or "role_permissions".
		kind: META or VALUES, see bump_site_version.
	"""
	version = site_version(kind)
	if isinstance(version, _Private):
		return version.setdefault(area, {})
	versions = _stores.get((local.site, kind))
	if versions is None or version not in versions:
		versions = _new_version(local.site, kind, version)
	return versions[version].setdefault(area, {})


def _new_version(site: str, kind: str, version: Any) -> dict:
	with _stores_lock:
		versions = _stores.setdefault((site, kind), {})
		versions.setdefault(version, {})
		for old in sorted(set(versions) - {version})[: 1 - KEPT_VERSIONS]:
			del versions[old]
	return versions


def forget_uncommitted() -> None:
	"""Drop what this transaction derived from its own changes, for whoever undoes part of it."""
	for version in (getattr(local, "site_version", None) or {}).values():
		if isinstance(version, _Private):
			version.clear()


def forget_site(site: str) -> None:
	"""Drop all caches of a site in this process, for instance after a restore."""
	with _stores_lock:
		for key in [key for key in _stores if key[0] == site]:
			del _stores[key]
	_timed.pop(site, None)


# ------------------------------------------------------------------ frappe.cache
_timed: dict[str, dict[str, tuple[float, Any]]] = {}
_MISSING = object()


class SiteCache:
	"""Frappe's cache interface on process memory; entries without expiry belong to the site's VALUES
	version."""

	def __call__(self) -> SiteCache:
		return self

	def make_key(self, key: str, user: str | bool | None = None, shared: bool = False) -> str:
		"""Return the key under which a value of a user is kept."""
		if user:
			user = local.session.user if user is True else user
			return f"user:{user}:{key}"
		return str(key)

	def set_value(
		self,
		key: str,
		val: Any,
		user: str | None = None,
		expires_in_sec: int | None = None,
		shared: bool = False,
	) -> None:
		"""Keep a value, for `expires_in_sec` seconds if given."""
		key = self.make_key(key, user)
		if expires_in_sec:
			_timed.setdefault(local.site, {})[key] = (time.monotonic() + expires_in_sec, val)
			return
		_values()[key] = val

	def get_value(
		self,
		key: str,
		generator: Callable[[], Any] | None = None,
		user: str | None = None,
		expires: bool = False,
		shared: bool = False,
	) -> Any:
		"""Return a kept value; without one, what `generator` answers is kept and returned."""
		key = self.make_key(key, user)
		value = _values().get(key, _MISSING)
		if value is _MISSING:
			value = _unexpired(key)
		if value is _MISSING:
			if not generator:
				return None
			value = generator()
			_values()[key] = value
		return value

	def exists(self, *keys: str, user: str | None = None, shared: bool = False) -> int:
		"""Return how many of the keys have a value."""
		return sum(self.get_value(key, user=user) is not None for key in keys)

	def delete_value(
		self,
		keys: str | Iterable[str],
		user: str | None = None,
		make_keys: bool = True,
		shared: bool = False,
	) -> None:
		"""Forget values, in every process once this transaction is committed."""
		names = [keys] if isinstance(keys, str) else list(keys)
		bump_site_version(VALUES)
		for name in names:
			key = self.make_key(name, user) if make_keys else name
			_values().pop(key, None)
			_timed.get(local.site, {}).pop(key, None)

	delete_key = delete_value

	def get_keys(self, key: str) -> list[str]:
		"""Return the keys that begin with `key`."""
		pattern = f"{key}*"
		names = {*_values(), *_timed.get(local.site, {})}
		return [name for name in names if fnmatch.fnmatchcase(name, pattern)]

	def delete_keys(self, key: str) -> None:
		"""Forget every value whose key begins with `key`."""
		self.delete_value(self.get_keys(key), make_keys=False)

	def get_all(self, key: str) -> dict[str, Any]:
		"""Return key → value of all keys that begin with `key`."""
		return {name: self.get_value(name) for name in self.get_keys(key)}

	# ---- hashes
	def _hash(self, name: str) -> dict:
		return _values().setdefault(f"hash:{name}", {})

	def hset(self, name: str, key: str, value: Any, shared: bool = False, *args: Any, **kwargs: Any) -> None:
		"""Keep one value of a hash."""
		self._hash(name)[key] = value

	def hget(
		self, name: str, key: str, generator: Callable[[], Any] | None = None, shared: bool = False
	) -> Any:
		"""Return one value of a hash; without one, what `generator` answers is kept and returned."""
		values = self._hash(name)
		if key not in values:
			if not generator:
				return None
			values[key] = generator()
		return values[key]

	def hexists(self, name: str, key: str, shared: bool = False) -> bool:
		"""Tell whether a hash has a value for the key."""
		return key in self._hash(name)

	def hgetall(self, name: str) -> dict:
		"""Return all values of a hash."""
		return dict(self._hash(name))

	def hdel(self, name: str, keys: str | Iterable[str], shared: bool = False, pipeline: Any = None) -> None:
		"""Forget values of a hash, in every process once this transaction is committed."""
		bump_site_version(VALUES)
		for key in [keys] if isinstance(keys, str) else list(keys):
			self._hash(name).pop(key, None)

	def hdel_names(self, names: Iterable[str], key: str) -> None:
		"""Forget one key of several hashes."""
		for name in names:
			self.hdel(name, key)

	def hkeys(self, name: str) -> list:
		"""Return the keys of a hash."""
		return list(self._hash(name))

	# ---- sets and counters
	def sadd(self, name: str, *values: Any) -> None:
		"""Add members to a set."""
		_values().setdefault(f"set:{name}", set()).update(values)

	def srem(self, name: str, *values: Any) -> None:
		"""Remove members from a set."""
		_values().setdefault(f"set:{name}", set()).difference_update(values)

	def sismember(self, name: str, value: Any) -> bool:
		"""Tell whether a set has the member."""
		return value in _values().get(f"set:{name}", ())

	def smembers(self, name: str) -> set:
		"""Return the members of a set."""
		return set(_values().get(f"set:{name}", ()))

	def incrby(self, key: str, amount: int = 1, expires_in_sec: int = 3600) -> int:
		"""Add to a counter that lives `expires_in_sec` seconds from its first use, and return it."""
		store = _timed.setdefault(local.site, {})
		now = time.monotonic()
		deadline, value = store.get(key, (0.0, 0))
		if deadline < now:
			deadline, value = now + expires_in_sec, 0
		store[key] = (deadline, value + amount)
		return value + amount

	def flushall(self) -> None:
		"""Forget everything of the site."""
		bump_site_version(VALUES)
		_timed.pop(local.site, None)

	clear = flushall


def _values() -> dict:
	return shared("frappe.cache", VALUES)


def _unexpired(key: str) -> Any:
	store = _timed.get(local.site)
	entry = store.get(key) if store else None
	if entry is None:
		return _MISSING
	if entry[0] < time.monotonic():
		store.pop(key, None)
		return _MISSING
	return entry[1]


cache = SiteCache()


def clear_cache(user: str | None = None, doctype: str | None = None) -> None:
	"""Drop what was derived from the database, in every process once this transaction is committed.

	Args:
		user, doctype: named by Frappe's callers; dropping all of it is as cheap here.
	"""
	bump_site_version(META, VALUES, ACCESS)
	local.role_permissions = {}
	local.request_cache = {}
	local.document_cache = {}
	local.new_doc_templates = {}
