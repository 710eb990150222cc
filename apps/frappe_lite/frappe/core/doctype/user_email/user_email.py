"""An e-mail account of a user."""

from __future__ import annotations

from frappe.model.document import Document


class UserEmail(Document):
	"""An e-mail account of a user."""
