"""A module hidden from a user."""

from __future__ import annotations

from frappe.model.document import Document


class BlockModule(Document):
	"""A module hidden from a user."""
