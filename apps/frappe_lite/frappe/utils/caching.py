"""Decorators that keep the answers of functions: for a request, a site, or through `frappe.cache`."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

import frappe
from frappe.kernel.cache import VALUES, shared


def _key(args: tuple, kwargs: dict) -> int:
	return hash((args, frozenset(kwargs.items())))


def request_cache(fn: Callable) -> Callable:
	"""Keep the answers of `fn` until the request or job ends; unhashable arguments are not kept."""

	@functools.wraps(fn)
	def wrapper(*args: Any, **kwargs: Any) -> Any:
		store = getattr(frappe.local, "request_cache", None)
		if store is None:
			return fn(*args, **kwargs)
		try:
			key = (fn, _key(args, kwargs))
		except TypeError:
			return fn(*args, **kwargs)
		if key not in store:
			store[key] = fn(*args, **kwargs)
		return store[key]

	wrapper.clear_cache = lambda: _drop(fn)
	return wrapper


def _drop(fn: Callable) -> None:
	store = getattr(frappe.local, "request_cache", None) or {}
	for key in [key for key in store if key[0] is fn]:
		del store[key]


def site_cache(ttl: int | Callable | None = None, maxsize: int | None = None) -> Callable:
	"""Keep the answers of a function per site, `ttl` seconds if given, until the site's version changes."""
	if callable(ttl):
		return _versioned(ttl, None)
	return lambda fn: _versioned(fn, ttl)


redis_cache = site_cache


def _versioned(fn: Callable, ttl: int | None) -> Callable:
	area = f"{fn.__module__}.{fn.__qualname__}"

	@functools.wraps(fn)
	def wrapper(*args: Any, **kwargs: Any) -> Any:
		store = shared(area, VALUES)
		key = _key(args, kwargs)
		deadline, value = store.get(key, (0.0, None))
		if key in store and (not ttl or deadline > time.monotonic()):
			return value
		value = fn(*args, **kwargs)
		store[key] = (time.monotonic() + (ttl or 0), value)
		return value

	def clear_cache() -> None:
		from frappe.kernel.cache import bump_site_version

		bump_site_version(VALUES)

	wrapper.clear_cache = clear_cache
	wrapper.ttl = ttl
	return wrapper
