"""Customisation of a DocType: Custom Fields, Property Setters and the order of fields; no database here."""

from __future__ import annotations

import json
from typing import Any

_ROW_PARTS = {"DocType Link": "links", "DocType Action": "actions", "DocType State": "states"}


def apply_overlay(definition: dict[str, Any], custom_fields: list[dict], setters: list[dict]) -> None:
	"""Add custom fields, set changed properties and sort the fields of a definition in place.

	Args:
		definition: the DocType with `fields`, `links`, `actions`, `states` as lists of dicts.
		custom_fields: rows of Custom Field.
		setters: rows of Property Setter.
	"""
	definition["fields"] = [*definition["fields"], *(_as_docfield(row) for row in custom_fields)]
	for setter in setters:
		_apply_setter(definition, setter)
	definition["fields"] = sort_fields(definition["fields"], _field_order(definition, setters))


def _as_docfield(row: dict[str, Any]) -> dict[str, Any]:
	return {
		**row,
		"doctype": "DocField",
		"is_custom_field": 1,
		"parent": row["dt"],
		"parenttype": "DocType",
		"parentfield": "fields",
	}


def _apply_setter(definition: dict[str, Any], setter: dict[str, Any]) -> None:
	value = cast_property(setter["property_type"], setter["value"])
	kind = setter.get("doctype_or_field")
	if kind == "DocType":
		definition[setter["property"]] = value
		return
	rows, key, wanted = definition["fields"], "fieldname", setter.get("field_name")
	if kind in _ROW_PARTS:
		rows, key, wanted = definition.get(_ROW_PARTS[kind], []), "name", setter.get("row_name")
	for row in rows:
		if row.get(key) == wanted:
			row[setter["property"]] = value


def cast_property(property_type: str | None, value: Any) -> Any:
	"""Return the value of a property in the type it has in DocField."""
	from frappe.model.fieldtypes import get_fieldtype

	convert = get_fieldtype(property_type or "Data").from_text
	return convert(value) if convert else value


def _field_order(definition: dict[str, Any], setters: list[dict]) -> list[str]:
	for setter in setters:
		if setter["property"] == "field_order" and setter.get("doctype_or_field") == "DocType":
			return json.loads(setter["value"] or "[]")
	return []


def sort_fields(fields: list[dict], explicit_order: list[str] | None = None) -> list[dict]:
	"""Return the fields in their final order, `idx` counted from 1.

	Args:
		fields: standard fields in order, then custom ones with `insert_after`.
		explicit_order: fieldnames as Customize Form stored them; fields it does not name follow the one
			they are inserted after.
	"""
	order = [name for name in explicit_order or [] if any(df["fieldname"] == name for df in fields)]
	after: dict[str, list[str]] = {}
	placed = set(order)
	previous: str | None = None
	for df in fields:
		if df["fieldname"] not in placed:
			_place(df, order, after, previous if explicit_order else None)
		previous = df["fieldname"]
	_insert_followers(order, after)
	return _ordered(fields, order)


def _place(df: dict, order: list[str], after: dict[str, list[str]], previous: str | None) -> None:
	name = df["fieldname"]
	if df.get("is_custom_field"):
		target = df.get("insert_after")
		if target:
			after.setdefault(target, []).append(name)
		else:
			order.insert(0, name)
	elif previous:
		after.setdefault(previous, []).append(name)
	else:
		order.append(name)


def _insert_followers(order: list[str], after: dict[str, list[str]]) -> None:
	pending = True
	while after and pending:
		pending = False
		for target in list(after):
			if target in order:
				position = order.index(target) + 1
				order[position:position] = after.pop(target)
				pending = True
	for names in after.values():
		order.extend(names)


def _ordered(fields: list[dict], order: list[str]) -> list[dict]:
	positions = {name: position for position, name in enumerate(order)}
	result = sorted(fields, key=lambda df: positions.get(df["fieldname"], len(order)))
	for idx, df in enumerate(result, 1):
		df["idx"] = idx
	return result
