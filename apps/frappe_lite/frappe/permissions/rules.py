"""Permission rules as functions over plain values: no database, no context, one answer for every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

RIGHTS = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"print",
	"email",
	"report",
	"import",
	"export",
	"share",
)
SHARED_RIGHTS = ("read", "write", "share", "submit", "email", "print")
LISTING_RIGHTS = ("select", "read")


class LinkValue(NamedTuple):
	"""One link of a document that user permissions may restrict."""

	target: str
	value: Any
	label: str
	row: int | None = None


class Refusal(NamedTuple):
	"""Why a user permission refuses a document; `link` is None when the document itself is not allowed."""

	link: LinkValue | None


def everything() -> dict[str, int]:
	"""Return all rights granted, as Administrator has them."""
	return dict.fromkeys(RIGHTS, 1)


def role_permissions(
	rows: Iterable[Mapping[str, Any]], roles: Iterable[str], is_owner: bool
) -> dict[str, Any]:
	"""Return the rights that DocPerm rows of level 0 give to somebody with `roles`.

	Args:
		rows: DocPerm rows with role, permlevel, if_owner and the rights as 0 / 1.
		roles: roles of the user.
		is_owner: whether he owns the document in question.

	Returns a dict of RIGHTS → 0 / 1 plus `if_owner` (rights that hold for owners only) and
	`has_if_owner_enabled`. A right for owners only is 0 at the top, but select and read stay 1: lists are
	allowed and filtered by owner (Frappe's role permission manager).
	"""
	held = set(roles)
	applicable = [row for row in rows if row.get("role") in held and not int(row.get("permlevel") or 0)]
	owner_only = any(row.get("if_owner") for row in applicable)
	answer: dict[str, Any] = {"if_owner": {}, "has_if_owner_enabled": owner_only}
	for right in RIGHTS:
		granting = [row for row in applicable if row.get(right)]
		answer[right] = int(bool(granting))
		unconditional = any(not row.get("if_owner") for row in granting)
		if granting and owner_only and not unconditional and right != "create":
			answer["if_owner"][right] = int(is_owner)
			answer[right] = int(right in LISTING_RIGHTS)
	return answer


def document_permissions(
	by_role: Mapping[str, Any],
	is_owner: bool,
	is_submittable: bool,
	allow_import: bool,
	within_user_permissions: bool,
) -> dict[str, Any]:
	"""Return the rights on one document, from the role rights and what user permissions say about it.

	An owner keeps his owner-only rights, without create, when user permissions exclude the document.
	"""
	answer = dict(by_role)
	if not is_submittable:
		answer["submit"] = 0
	if not allow_import:
		answer["import"] = 0
	if answer.get("has_if_owner_enabled"):
		answer.update(answer.get("if_owner") or {})
	if within_user_permissions:
		return answer
	if is_owner:
		return {**(by_role.get("if_owner") or {}), "create": 0}
	return {}


def needs_owner_filter(by_role: Mapping[str, Any]) -> bool:
	"""Tell whether lists must be limited to documents the user owns."""
	if not by_role.get("has_if_owner_enabled"):
		return False
	owner_rights = by_role.get("if_owner") or {}
	listing = [right for right in LISTING_RIGHTS if by_role.get(right)]
	return bool(listing) and all(right in owner_rights for right in listing)


def allowed_values(entries: Sequence[Mapping[str, Any]], doctype: str) -> list[str]:
	"""Return the values that user permissions allow when documents of `doctype` are judged.

	Args:
		entries: the user's permissions on one DocType: `{doc, applicable_for, is_default}`.
		doctype: DocType of the document that is judged; entries for another one do not count.
	"""
	return [e["doc"] for e in entries if not e.get("applicable_for") or e["applicable_for"] == doctype]


def default_value(entries: Sequence[Mapping[str, Any]], doctype: str) -> str | None:
	"""Return the value a new document of `doctype` gets: the default one, or the only one."""
	fitting = [e for e in entries if not e.get("applicable_for") or e["applicable_for"] == doctype]
	for entry in fitting:
		if entry.get("is_default"):
			return entry["doc"]
	return fitting[0]["doc"] if len(fitting) == 1 else None


def refused_by_user_permissions(
	permissions: Mapping[str, Sequence[Mapping[str, Any]]],
	doctype: str,
	name: str | None,
	links: Iterable[LinkValue],
	strict: bool,
) -> Refusal | None:
	"""Return why user permissions refuse a document, None when they do not.

	Args:
		permissions: DocType → entries as in `allowed_values`.
		doctype, name: the document; a name of None (not saved yet) is not judged itself.
		links: its links and those of its rows, without fields that ignore user permissions.
		strict: an empty link is refused too ("Apply Strict User Permissions").
	"""
	if name is not None and doctype in permissions:
		allowed = allowed_values(permissions[doctype], doctype)
		if allowed and str(name) not in allowed:
			return Refusal(None)
	for link in links:
		if link.target not in permissions or (not strict and not link.value):
			continue
		allowed = allowed_values(permissions[link.target], doctype)
		if allowed and str(link.value or "") not in allowed:
			return Refusal(link)
	return None


def readable_levels(rows: Iterable[Mapping[str, Any]], roles: Iterable[str], right: str = "read") -> set[int]:
	"""Return the permission levels on which somebody with `roles` has `right`."""
	held = set(roles)
	return {int(row.get("permlevel") or 0) for row in rows if row.get("role") in held and row.get(right)}
