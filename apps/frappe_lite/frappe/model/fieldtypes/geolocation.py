"""GeoJSON of places."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Geolocation(TextType):
	name = "Geolocation"
