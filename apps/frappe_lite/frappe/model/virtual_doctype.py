"""What the controller of a virtual DocType offers in place of a table."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import frappe


@runtime_checkable
class VirtualDoctype(Protocol):
	"""Methods of a controller whose documents lie elsewhere."""

	@staticmethod
	def get_list(args: dict[str, Any]) -> list: ...

	@staticmethod
	def get_count(args: dict[str, Any]) -> int: ...

	@staticmethod
	def get_stats(args: dict[str, Any]) -> dict: ...

	def db_insert(self, *args: Any, **kwargs: Any) -> None: ...

	def load_from_db(self) -> None: ...

	def db_update(self, *args: Any, **kwargs: Any) -> None: ...

	def delete(self, *args: Any, **kwargs: Any) -> None: ...


def validate_controller(doctype: str) -> None:
	"""Warn when the controller of a virtual DocType lacks a method."""
	from frappe.model.base_document import get_controller

	controller = get_controller(doctype)
	for method in ("get_list", "get_count", "get_stats", "db_insert", "load_from_db", "db_update", "delete"):
		owner = next((base for base in controller.__mro__ if method in base.__dict__), None)
		if owner is None or owner.__module__.startswith("frappe.model."):
			frappe.msgprint(
				frappe._("Virtual DocType {0} requires a method called {1}").format(doctype, method),
				indicator="orange",
			)
