"""Noting which records of a case a request hands out; the log is written after the request."""

from typing import Any

import frappe


def note(doctype: str, name: str, channel: str = "") -> None:
	"""Remember until the end of the request that a record was handed out.

	:param channel: how, when it is known here; otherwise the request says it
	"""
	if frappe.flags.case_reads is None:
		frappe.flags.case_reads = {}
	if name and not (channel == "" and (doctype, name) in frappe.flags.case_reads):
		frappe.flags.case_reads[doctype, name] = channel


class ReadLogged:
	"""A record whose readings are logged: the form, REST, and print all pass one of these methods."""

	def onload(self) -> None:
		"""Frappe's event of a form that is opened."""
		self.note_read("Form")

	def before_print(self, settings: Any = None) -> None:
		"""Frappe's event of a print or PDF."""
		self.note_read("Print")

	def apply_fieldlevel_read_permissions(self) -> None:
		"""Frappe calls this before a document leaves by REST or by a form."""
		self.note_read()
		super().apply_fieldlevel_read_permissions()

	def note_read(self, channel: str = "") -> None:
		"""Note a stored record; one that is only being written is not read."""
		if not self.is_new():
			note(self.doctype, self.name, channel)
