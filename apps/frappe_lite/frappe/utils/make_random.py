"""Random records for demonstrations."""

from __future__ import annotations

import random
from typing import Any

import frappe

settings = frappe._dict(prob={"default": {"make": 0.6, "qty": (1, 5)}})


def add_random_children(
	doc: Any, fieldname: str, rows: int, randomize: dict, unique: str | None = None
) -> None:
	"""Append random rows to a child table.

	Args:
		rows: how many rows at most.
		randomize: field → a range (low, high) or the DocType to choose from.
		unique: field whose values are not to repeat.
	"""
	for _row in range(random.randrange(1, rows) if rows > 1 else rows):
		values = {field: _random_value(source) for field, source in randomize.items()}
		if unique and any(row.get(unique) == values[unique] for row in doc.get(fieldname)):
			continue
		doc.append(fieldname, values)


def _random_value(source: Any) -> Any:
	if isinstance(source, tuple) and isinstance(source[0], int):
		return random.randrange(*source)
	return get_random(*source) if isinstance(source, tuple) else get_random(source)


def get_random(doctype: str, filters: dict | None = None, doc: bool = False) -> Any:
	"""Return the name of a random document, or the document; None when there is none."""
	names = frappe.get_all(doctype, filters=filters, pluck="name", limit=500)
	name = random.choice(names) if names else None
	return frappe.get_doc(doctype, name) if doc and name else name


def can_make(doctype: str) -> bool:
	"""Tell by chance whether a record is to be made."""
	return random.random() < settings.prob.get(doctype, settings.prob["default"])["make"]


def how_many(doctype: str) -> int:
	"""Return by chance how many records are to be made."""
	return random.randrange(*settings.prob.get(doctype, settings.prob["default"]).get("qty", (1, 5)))
