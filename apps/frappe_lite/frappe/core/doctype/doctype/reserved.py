"""Names that no field may have."""

from __future__ import annotations

import frappe

# Columns every table has, or attributes the client sets on every document.
RESTRICTED = (
	"name",
	"parent",
	"creation",
	"owner",
	"modified",
	"modified_by",
	"parentfield",
	"parenttype",
	"file_list",
	"flags",
	"docstatus",
)


def conflicting_names(doctype: str | None) -> frozenset[str]:
	"""Return the names a field of a DocType may not have: methods and properties of its documents.

	Args:
		doctype: name of the DocType; None means any.
	"""
	from frappe.model.document import Document

	names = _attributes(Document)
	if doctype and frappe.db.exists("DocType", doctype):
		names |= _attributes(_controller(doctype))
	return names


def _controller(doctype: str) -> type:
	from frappe.model.base_document import get_controller
	from frappe.model.document import Document

	try:
		return get_controller(doctype)
	except ImportError:
		return Document


def _attributes(cls: type) -> frozenset[str]:
	return frozenset(
		name
		for name in dir(cls)
		if not name.startswith("_")
		and (callable(getattr(cls, name, None)) or isinstance(getattr(cls, name, None), property))
	)
