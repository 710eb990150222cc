"""Which documents are about the same event: all that name the same first one."""

import frappe

EVENT_FIELD = "same_event_as"


def event_of(doctype: str, name: str) -> list[str]:
	"""Return the documents of an event, the first one first.

	:param doctype: a DocType without the field `same_event_as` knows no events
	:param name: any document of the event
	:returns: names, that of the document among them
	"""
	if not name or not frappe.get_meta(doctype).has_field(EVENT_FIELD):
		return [name]
	first = frappe.db.get_value(doctype, name, EVENT_FIELD) or name
	return [
		first,
		*frappe.get_all(doctype, filters={EVENT_FIELD: first}, pluck="name", order_by="creation asc"),
	]
