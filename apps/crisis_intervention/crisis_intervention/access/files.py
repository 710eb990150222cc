"""Files of a case are named by a code, for their own names tell who and what, and stay with their record."""

import re
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.file.file import File

from crisis_intervention.access.protected import is_protected
from crisis_intervention.records.codes import random_part

# What ties a file to its record and keeps it out of sight.
TIES = ("attached_to_doctype", "attached_to_name", "file_name", "file_url", "is_private")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")


class CaseFile(File):
	"""The host's File, with a neutral name on records of cases."""

	def set_file_name(self) -> None:
		"""Give an upload its code before the host writes it to the disk under its name."""
		if self.is_new() and is_protected(self.attached_to_doctype) and not self.is_folder:
			self.file_name = neutral_name(self.file_name, self.attached_to_name)
		super().set_file_name()

	def validate(self) -> None:
		"""Refuse what would take a stored file from its record, make it public or give it a telling name."""
		before = self.get_doc_before_save()
		if before and hangs_on_case(before) and any(self.has_value_changed(name) for name in TIES):
			frappe.throw(_("A file of a case stays private, with its record and under its code."))
		super().validate()

	def on_trash(self) -> None:
		"""Refuse deletion; an upload whose private copy takes its place is the exception."""
		if hangs_on_case(self) and not self.flags.copy_kept:
			frappe.throw(_("A file of a case is not deleted: it stays with its record."))
		super().on_trash()


def hangs_on_case(file: Any) -> bool:
	"""Say whether a file is attached to a stored record of a case; an upload may come before its record.

	:param file: File document
	"""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	return is_protected(doctype) and bool(name) and bool(frappe.db.exists(doctype, name))


def neutral_name(file_name: str | None, record: str | None) -> str:
	"""Return a name that tells the record's code and the kind of file only.

	:param file_name: name of the upload
	:param record: code of the record; one that is not saved yet has none
	"""
	found = _EXTENSION.search(file_name or "")
	start = record if record and not record.startswith("new-") else "upload"
	return f"{start}-{random_part(6)}" + (f".{found[1].lower()}" if found else "")
