"""A JSON value, stored as text."""

from __future__ import annotations

import json
from typing import Any

from frappe.model.fieldtypes.base import TextType


def to_json_text(value: Any) -> Any:
	"""Return objects and lists as JSON text, anything else as it is."""
	if isinstance(value, dict | list):
		return json.dumps(value, sort_keys=True, indent=4, separators=(",", ": "), default=str)
	return value


class JSON(TextType):
	name = "JSON"
	cast = staticmethod(to_json_text)
