from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import is_html


class Translation(Document):
	"""A site's own translation of a text; it wins over those of apps."""

	def validate(self) -> None:
		if is_html(self.source_text):
			self.remove_html_from_source()

	def remove_html_from_source(self) -> None:
		"""Texts are compared without mark-up."""
		from frappe.utils import strip_html_tags

		self.source_text = strip_html_tags(self.source_text).strip()

	def on_update(self) -> None:
		frappe.clear_cache()

	def on_trash(self) -> None:
		frappe.clear_cache()
