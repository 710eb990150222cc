"""DocTypes made for one test; they vanish with its transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.model.builders import permission


@pytest.fixture
def make_doctype(db: Any) -> Callable[..., str]:
	"""Make a DocType: `make_doctype([fields], autoname=…, permissions=[…])` answers its name."""
	import frappe

	def make(fields: list[dict[str, Any]], name: str | None = None, **properties: Any) -> str:
		name = name or f"Tm {secrets.token_hex(4)}"
		values = {"doctype": "DocType", "name": name, "module": "Custom", "custom": 1, "fields": fields}
		if not properties.get("istable"):
			properties.setdefault("permissions", [permission("System Manager")])
			properties.setdefault("autoname", "prompt" if not properties.get("issingle") else "")
		frappe.get_doc({**values, **properties}).insert()
		return name

	return make
