"""Rows of DocTypes that tests make."""

from __future__ import annotations

from typing import Any

RIGHTS = ("read", "write", "create", "delete", "report", "export", "share", "print", "email")


def permission(role: str, **rights: int) -> dict[str, Any]:
	"""Return a permission row with all rights that are not named as 0."""
	given = dict.fromkeys((*RIGHTS, "submit", "cancel", "amend", "import", "select"), 0)
	given.update(rights or dict.fromkeys(RIGHTS, 1))
	return {"role": role, **given}


def field(fieldname: str, fieldtype: str = "Data", **properties: Any) -> dict[str, Any]:
	"""Return a DocField row."""
	label = fieldname.replace("_", " ").title()
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, **properties}
