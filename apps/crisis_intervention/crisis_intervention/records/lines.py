"""Lines of a record that are only ever added: neither changed nor taken out afterwards."""

from typing import Any

import frappe
from frappe import _


def added_lines(doc: Any, table: str) -> list[Any]:
	"""Put the stored lines of a table back as they were and return the new ones.

	:param table: fieldname of the table
	:raises frappe.ValidationError: when a stored line was taken out
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.get(table)} if before else {}
	if set(stored) - {row.name for row in doc.get(table)}:
		frappe.throw(_("What was entered stays. Add a line that says what is different."))
	added = []
	for row in doc.get(table):
		if row.name in stored:
			_restore(row, stored[row.name])
		else:
			added.append(row)
	return added


def _restore(row: Any, former: Any) -> None:
	for field in row.meta.fields:
		row.set(field.fieldname, former.get(field.fieldname))
