"""What a save changed, in Frappe's format of Version.data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model import no_value_fields

UNFORMATTED = ("Markdown Editor", "Text Editor", "Code", "HTML Editor")
NEVER_KEPT = ("Password",)


def get_diff(old: Any, new: Any, for_child: bool = False, compare_cancelled: bool = False) -> Any:
	"""Return what differs between two documents of one DocType.

	Args:
		old, new: documents.
		for_child: they are rows of a table.
		compare_cancelled: `new` amends `old`; its rows are matched with those they were copied from.

	Returns {"changed": [(field, old, new)], "added": [[table field, row]], "removed": …,
		"row_changed": [(table field, index, row name, changes)]}; None when nothing differs.
	"""
	if not new:
		return None
	found = frappe._dict(changed=[], added=[], removed=[], row_changed=[])
	row_key = "_amended_from" if not for_child and new.get("amended_from") == old.name else "name"
	for df in new.meta.fields:
		if df.fieldtype not in no_value_fields and df.fieldtype not in NEVER_KEPT:
			_compare_field(found, df, old, new)
	if not for_child:
		for df in new.meta.get_table_fields():
			_compare_rows(found, df.fieldname, old.get(df.fieldname), new.get(df.fieldname), row_key)
		for key in ("name", "docstatus"):
			if old.get(key) != new.get(key):
				found.changed.append((key, old.get(key), new.get(key)))
	return found if any(found.values()) else None


def _compare_field(found: Any, df: Any, old: Any, new: Any) -> None:
	before, after = old.get(df.fieldname), new.get(df.fieldname)
	if before == after:
		return
	if df.fieldtype not in UNFORMATTED:
		before = old.get_formatted(df.fieldname) if before else before
		after = new.get_formatted(df.fieldname) if after else after
	if before != after:
		found.changed.append((df.fieldname, before, after))


def _compare_rows(
	found: Any, fieldname: str, old_rows: Iterable[Any], new_rows: Iterable[Any], key: str
) -> None:
	before = {row.name: row for row in old_rows or ()}
	kept = set()
	for index, row in enumerate(new_rows or ()):
		stored = before.get(row.get(key))
		if stored is None:
			found.added.append([fieldname, row.as_dict()])
			continue
		kept.add(stored.name)
		diff = get_diff(stored, row, for_child=True)
		if diff and diff.changed:
			found.row_changed.append((fieldname, index, row.name, diff.changed))
	found.removed += [[fieldname, row.as_dict()] for name, row in before.items() if name not in kept]
