"""A drawn signature as a data URL."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Signature(TextType):
	name = "Signature"
