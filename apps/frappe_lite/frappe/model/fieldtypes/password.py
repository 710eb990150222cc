"""A secret; the column holds only stars, the secret is encrypted in `__Auth`."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Password(TextType):
	name = "Password"
	sanitized = False
