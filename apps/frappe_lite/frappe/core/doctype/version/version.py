from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.automation.versions import get_diff
from frappe.model.document import Document

__all__ = ["Version", "get_diff", "on_doctype_update"]


class Version(Document):
	def update_version_info(self, old: Any, new: Any) -> bool:
		"""Take over what changed between two states of a document; tell whether anything did."""
		return self.set_diff(old, new) if old else self.for_insert(new)

	def set_diff(self, old: Any, new: Any) -> bool:
		"""Take over the differences of two states; tell whether there are any."""
		diff = get_diff(old, new)
		if not diff:
			return False
		self.ref_doctype = new.doctype
		self.docname = new.name
		diff.data_import = new.flags.via_data_import
		diff.updater_reference = new.flags.updater_reference
		self.data = frappe.as_json(diff, indent=None, separators=(",", ":"))
		return True

	def for_insert(self, doc: Any) -> bool:
		"""Note what made a new document, where that is known."""
		updater_reference = doc.flags.updater_reference
		if not updater_reference:
			return False
		data = {"creation": doc.creation, "updater_reference": updater_reference, "created_by": doc.owner}
		self.ref_doctype = doc.doctype
		self.docname = doc.name
		self.data = frappe.as_json(data, indent=None, separators=(",", ":"))
		return True

	def get_data(self) -> dict:
		"""Return the changes."""
		return json.loads(self.data)


def on_doctype_update() -> None:
	"""Histories are read by document."""
	frappe.db.add_index("Version", ["ref_doctype", "docname"])
