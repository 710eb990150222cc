"""Workspaces: the pages of the desk's sidebar."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _

FIELDS = (
	"name",
	"title",
	"for_user",
	"parent_page",
	"content",
	"public",
	"module",
	"icon",
	"indicator_color",
	"is_hidden",
	"sequence_id",
)


@frappe.whitelist()
@frappe.read_only()
def get_workspace_sidebar_items() -> dict[str, Any]:
	"""Return `{pages: [workspace], has_access, has_create_access}` the user may open."""
	rows = frappe.get_all(
		"Workspace", fields=_known_fields(), order_by="sequence_id asc", limit_page_length=0
	)
	blocked = set(_blocked_modules())
	pages = [_labelled(row) for row in rows if _may_open(row, blocked)]
	manager = "Workspace Manager" in frappe.get_roles() or "System Manager" in frappe.get_roles()
	return {
		"pages": [page for page in pages if not page.is_hidden or manager],
		"has_access": manager,
		"has_create_access": bool(frappe.has_permission("Workspace", "create")),
	}


def _known_fields() -> list[str]:
	meta = frappe.get_meta("Workspace")
	return [name for name in FIELDS if name == "name" or meta.has_field(name)]


def _labelled(row: Any) -> Any:
	row.label = _(row.title or row.name)
	return row


def _blocked_modules() -> list[str]:
	if frappe.session.user == "Administrator":
		return []
	return frappe.get_all(
		"Block Module", filters={"parent": frappe.session.user, "parenttype": "User"}, pluck="module"
	)


def _may_open(row: Any, blocked: set[str]) -> bool:
	if row.for_user:
		return row.for_user == frappe.session.user
	if row.module and row.module in blocked:
		return False
	return _has_role_for(row.name)


def _has_role_for(workspace: str) -> bool:
	if frappe.session.user == "Administrator":
		return True
	roles = {row.role for row in frappe.get_cached_doc("Workspace", workspace).get("roles") or []}
	return not roles or bool(roles.intersection(frappe.get_roles()))


@frappe.whitelist()
@frappe.read_only()
def get_desktop_page(page: Any) -> dict[str, Any]:
	"""Return what a workspace shows: charts, cards, shortcuts, lists, limited to what the user may see.

	Args:
		page: JSON with `name` of the workspace.

	Raises:
		PermissionError: the user may not open it.
	"""
	values = frappe.parse_json(page)
	name = values.get("name") if isinstance(values, dict) else values
	workspace = frappe.get_cached_doc("Workspace", name)
	row = frappe._dict(name=name, for_user=workspace.get("for_user"), module=workspace.get("module"))
	if not _may_open(row, set(_blocked_modules())):
		raise frappe.PermissionError
	return {
		"charts": {"items": _rows(workspace, "charts", _may_see_chart)},
		"shortcuts": {"items": _rows(workspace, "shortcuts", _may_follow)},
		"cards": {"items": _cards(workspace)},
		"onboardings": {"items": []},
		"quick_lists": {"items": _rows(workspace, "quick_lists", _may_list)},
		"number_cards": {"items": _rows(workspace, "number_cards", _may_see_card)},
		"custom_blocks": {"items": _rows(workspace, "custom_blocks", lambda row: True)},
		"content": json.loads(workspace.get("content") or "[]"),
	}


def _rows(workspace: Any, table: str, allowed: Any) -> list[dict]:
	rows = []
	for row in workspace.get(table) or []:
		if allowed(row):
			values = row.as_dict(no_default_fields=True)
			values["label"] = _(row.get("label") or "")
			rows.append(values)
	return rows


def _cards(workspace: Any) -> list[dict]:
	cards: list[dict] = []
	for row in workspace.get("links") or []:
		values = row.as_dict(no_default_fields=True)
		values["label"] = _(row.get("label") or "")
		if row.type == "Card Break":
			cards.append({**values, "links": []})
		elif cards and not row.get("hidden") and _may_follow(row):
			cards[-1]["links"].append(values)
	return [card for card in cards if card["links"]]


def _may_follow(row: Any) -> bool:
	kind = (row.get("link_type") or row.get("type") or "").lower()
	target = row.get("link_to")
	if kind == "doctype":
		return _may_make(target) if row.get("doc_view") == "New" else _may_read(target)
	if kind == "report":
		return _may_run(target)
	if kind == "page":
		return bool(frappe.db.exists("Page", target)) and frappe.get_cached_doc("Page", target).is_permitted()
	return True


def _may_read(doctype: str | None) -> bool:
	if not doctype or not frappe.db.exists("DocType", doctype):
		return False
	return frappe.has_permission(doctype, "read") or frappe.has_permission(doctype, "create")


def _may_make(doctype: str | None) -> bool:
	return bool(doctype and frappe.db.exists("DocType", doctype) and frappe.has_permission(doctype, "create"))


def _may_run(report: str | None) -> bool:
	if not report or not frappe.db.exists("Report", report):
		return False
	doc = frappe.get_cached_doc("Report", report)
	return not doc.disabled and doc.is_permitted() and frappe.has_permission(doc.ref_doctype, "report")


def _may_list(row: Any) -> bool:
	return _may_read(row.get("document_type"))


def _may_see_chart(row: Any) -> bool:
	return _may_see("Dashboard Chart", row.get("chart_name"))


def _may_see_card(row: Any) -> bool:
	return _may_see("Number Card", row.get("number_card_name"))


def _may_see(doctype: str, name: str | None) -> bool:
	if not name or not frappe.db.exists(doctype, name):
		return False
	return frappe.has_permission(doctype, "read", doc=name)
