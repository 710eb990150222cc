"""Events of a document: the controller's own method, then what apps hooked to it, then the observers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe.kernel.cache import shared


def run_method(doc: Any, method: str, *args: Any, **kwargs: Any) -> Any:
	"""Run one event or method of a document.

	Order: the controller's method, `doc_events` of the DocType, `doc_events` of "*", then the functions of
	the hook `document_observers` (notifications, server scripts, webhooks).

	Returns:
		What the method answered, overlaid by answers of hooks.
	"""
	own = _own_method(doc, method)
	answer = own(*args, **kwargs) if own else None
	for handler in event_handlers(doc.doctype, method):
		answer = _merged(answer, handler(doc, method, *args, **kwargs))
	for observe in _observers():
		observe(doc, method)
	return answer


def _own_method(doc: Any, method: str) -> Callable | None:
	own = getattr(doc, method, None)
	if own is None or callable(own):
		return own
	inherited = getattr(type(doc), method, None)
	return inherited.__get__(doc) if callable(inherited) else None


def _merged(answer: Any, new: Any) -> Any:
	if isinstance(new, dict):
		return {**answer, **new} if isinstance(answer, dict) else new
	return new or answer


def event_handlers(doctype: str, method: str) -> tuple[Callable, ...]:
	"""Return the functions that apps hooked to an event of a DocType."""
	known = shared("doc_event_handlers")
	handlers = known.get((doctype, method))
	if handlers is None:
		handlers = tuple(frappe.get_attr(path) for path in _handler_paths(doctype, method))
		known[(doctype, method)] = handlers
	return handlers


def _handler_paths(doctype: str, method: str) -> list[str]:
	specific: list[str] = []
	general: list[str] = []
	for target, events in (frappe.get_hooks("doc_events") or {}).items():
		paths = events.get(method) or []
		if target == "*":
			general += paths
		elif doctype in (target if isinstance(target, tuple) else (target,)):
			specific += paths
	return list(dict.fromkeys([*specific, *general]))


def _observers() -> tuple[Callable, ...]:
	flags = frappe.flags
	if flags.in_install or flags.in_install_db or flags.in_patch or flags.in_migrate:
		return ()
	known = shared("document_observers")
	observers = known.get("all")
	if observers is None:
		observers = tuple(frappe.get_attr(path) for path in frappe.get_hooks("document_observers"))
		known["all"] = observers
	return observers


def hook(function: Callable) -> Callable:
	"""Decorate a method so that hooks of its name run after it, as `Document.hook` does in Frappe."""

	def runner(self: Any, *args: Any, **kwargs: Any) -> Any:
		answer = function(self, *args, **kwargs)
		for handler in event_handlers(self.doctype, function.__name__):
			answer = _merged(answer, handler(self, function.__name__, *args, **kwargs))
		return answer

	return runner
