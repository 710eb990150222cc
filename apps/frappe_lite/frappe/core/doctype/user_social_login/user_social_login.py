"""A user's id at a provider."""

from __future__ import annotations

from frappe.model.document import Document


class UserSocialLogin(Document):
	"""A user's id at a provider."""
