from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.model.document import Document


class Language(Document):
	"""A language of the desk."""

	def validate(self) -> None:
		validate_with_regex(self.language_code, "Language Code")

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		validate_with_regex(new, "Name")

	def on_update(self) -> None:
		frappe.cache.delete_value("languages_with_name")
		frappe.cache.delete_value("languages")


def validate_with_regex(name: str, label: str) -> None:
	"""Refuse a code with other characters than letters, digits, points, hyphens and underscores.

	Raises:
		ValidationError: it has.
	"""
	if not re.match(r"^[a-zA-Z0-9.\-_]+$", name or ""):
		message = _(
			"{0} must begin and end with a letter and can only contain letters, hyphen or underscore."
		)
		frappe.throw(message.format(_(label)))
