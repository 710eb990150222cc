"""The doors to documents, and what must hold between them for one user and DocType."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import frappe

from tests.rest.client import Client

# A link search of these looks beside permissions (DocType) or leaves rows out by a rule of its own.
OWN_SEARCH = {"DocType", "User"}


@contextlib.contextmanager
def acting(user: str) -> Iterator[None]:
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def attach(doctype: str, name: str) -> str:
	file = frappe.get_doc(
		doctype="File",
		file_name=f"{frappe.scrub(doctype)}.txt",
		content=f"of {doctype}",
		is_private=1,
		attached_to_doctype=doctype,
		attached_to_name=name,
	).insert()
	assert file.file_url.startswith("/private/files/")
	return file.file_url


# ------------------------------------------------------------------ the doors
def listed(doctype: str) -> set[str] | None:
	"""Return what a list shows the current user, None when he may not list."""
	try:
		return {
			str(name) for name in frappe.get_list(doctype, pluck="name", limit_page_length=0, order_by=None)
		}
	except frappe.PermissionError:
		return None


def counted(doctype: str) -> int | None:
	from frappe.client import get_count

	try:
		return get_count(doctype)
	except frappe.PermissionError:
		return None


def readable(doctype: str, name: str) -> bool:
	return bool(frappe.get_doc(doctype, name).has_permission("read"))


def found(doctype: str, name: str) -> bool | None:
	"""Tell whether a link search shows a document; None when he may not search."""
	from frappe.desk.search import search_link

	try:
		return name in {row["value"] for row in search_link(doctype, name, page_length=100)}
	except frappe.PermissionError:
		return None


def hides_rows(doctype: str) -> bool:
	"""Tell whether a link search leaves out disabled documents of a DocType or asks a function."""
	meta = frappe.get_meta(doctype)
	checks = {df.fieldname for df in meta.get("fields") if df.fieldtype == "Check"}
	return doctype in OWN_SEARCH or bool(checks & {"enabled", "disabled"}) or bool(meta.translated_doctype)


def compare(user: str, doctype: str, names: list[str]) -> list[str]:
	shown, count = listed(doctype), counted(doctype)
	wrong = []
	if count != (None if shown is None else len(shown)):
		wrong.append(f"{user} {doctype}: list shows {shown and len(shown)}, count says {count}")
	if frappe.only_has_select_perm(doctype):
		return wrong
	for name in names:
		in_list = bool(shown) and name in shown
		if readable(doctype, name) != in_list:
			wrong.append(f"{user} {doctype} {name}: list {in_list}, get_doc {not in_list}")
		if not hides_rows(doctype) and bool(found(doctype, name)) != in_list:
			wrong.append(f"{user} {doctype} {name}: list {in_list}, search {not in_list}")
	return wrong


def compare_rest(client: Client, doctype: str, shown: set[str] | None, names: list[str]) -> list[str]:
	path = f"/api/resource/{quote(doctype)}"
	answer = client.get(path, query={"limit_page_length": "0"})
	wrong = []
	if (answer.status == 200) != (shown is not None):
		wrong.append(f"{client.user} {doctype}: list {shown}, REST {answer.status}")
	elif shown is not None and {str(row["name"]) for row in answer.data} != shown:
		wrong.append(f"{client.user} {doctype}: REST lists something else")
	for name in picked(names, shown or set()):
		status = client.get(f"{path}/{quote(name)}").status
		if (status == 200) != (name in (shown or ())):
			wrong.append(f"{client.user} {doctype} {name}: REST {status}, in list {name in (shown or ())}")
		if status not in (200, 403):
			wrong.append(f"{client.user} {doctype} {name}: REST {status}")
	return wrong


def picked(names: list[str], shown: set[str]) -> list[str]:
	"""One document that should be readable and one that should not."""
	inside = [name for name in names if name in shown][:1]
	return inside + [name for name in names if name not in shown][:1]


def quote(text: str) -> str:
	from urllib.parse import quote as quoted

	return quoted(text, safe="")
