"""Hides what follows until it is unfolded."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class Fold(LayoutType):
	name = "Fold"
