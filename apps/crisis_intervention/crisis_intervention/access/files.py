"""Uploads to a record of a case get a code for a name: their own names tell who and what."""

import re

from frappe.core.doctype.file.file import File

from crisis_intervention.access.protected import is_protected
from crisis_intervention.records.codes import random_part

_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")


class CaseFile(File):
	"""The host's File, with a neutral name on records of cases."""

	def set_file_name(self) -> None:
		"""Give an upload its code before the host writes it to the disk under its name."""
		if self.is_new() and is_protected(self.attached_to_doctype) and not self.is_folder:
			self.file_name = neutral_name(self.file_name, self.attached_to_name)
		super().set_file_name()


def neutral_name(file_name: str | None, record: str | None) -> str:
	"""Return a name that tells the record's code and the kind of file only.

	:param file_name: name of the upload
	:param record: code of the record; one that is not saved yet has none
	"""
	found = _EXTENSION.search(file_name or "")
	start = record if record and not record.startswith("new-") else "upload"
	return f"{start}-{random_part(6)}" + (f".{found[1].lower()}" if found else "")
