"""Renaming documents, and merging one into another."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.delete_doc import REFERENCES
from frappe.model.dynamic_links import get_dynamic_links
from frappe.model.dynamic_links import get_link_fields as get_link_fields
from frappe.model.naming import validate_name


@frappe.whitelist(methods=["POST", "PUT"])
def update_document_title(
	*,
	doctype: str,
	docname: str,
	title: str | None = None,
	name: str | None = None,
	merge: bool = False,
	enqueue: bool = False,
	**kwargs: Any,
) -> str:
	"""Set the title of a document, its name, or both, and return the name.

	Raises:
		PermissionError, ValidationError: see `rename_doc`.
	"""
	doc = frappe.get_doc(doctype, docname)
	doc.check_permission(permtype="write")
	title_field = doc.meta.get_title_field()
	new_name = name or kwargs.get("new_name")
	if new_name and new_name != doc.name:
		doc.rename(new_name, merge=frappe.utils.sbool(merge))
	if title and title_field != "name" and title != doc.get(title_field):
		doc.set(title_field, title)
		doc.save()
		frappe.msgprint(frappe._("Saved"), alert=True, indicator="green")
	return doc.name


def rename_doc(
	doctype: str | None = None,
	old: str | None = None,
	new: str | None = None,
	force: bool = False,
	merge: bool = False,
	ignore_permissions: bool = False,
	ignore_if_exists: bool = False,
	show_alert: bool = True,
	rebuild_search: bool = True,
	doc: Any = None,
	validate: bool = True,
) -> str:
	"""Give a document another name and change everything that links to it.

	Events: before_rename(old, new, merge), after_rename(old, new, merge).

	Args:
		doctype, old, new: what becomes what; `doc` may stand for the first two.
		force: although the DocType does not allow it.
		merge: `new` exists and takes over all links; `old` is deleted.
		ignore_permissions: ask for nobody.
		ignore_if_exists: go on although `new` exists.
		show_alert: tell the user.
		validate: run the events and checks.

	Returns:
		the new name.

	Raises:
		DoesNotExistError: there is no such document.
		ValidationError: the name is taken or the document may not be renamed.
	"""
	if not new or not (doc or (doctype and old)):
		raise TypeError("Either `doctype`, `old` and `new` or `doc` and `new` are required")
	doctype, old = doctype or doc.doctype, old or doc.name
	merge, force = frappe.utils.sbool(merge), frappe.utils.sbool(force)
	meta = frappe.get_meta(doctype)
	if validate:
		doc = doc or frappe.get_doc(doctype, old)
		old = doc.name
		new = _name_from_event(doc, old, new, merge)
		new = validate_rename(
			doctype, old, new, meta, merge, force, ignore_permissions, ignore_if_exists, doc
		)
	_move_everything(doctype, old, new, meta, merge)
	_finish(doctype, old, new, merge, validate)
	if show_alert:
		frappe.msgprint(
			frappe._("Document renamed from {0} to {1}").format(frappe.bold(old), frappe.bold(new)),
			alert=True,
			indicator="green",
		)
	return new


def _name_from_event(doc: Any, old: str, new: str, merge: bool) -> str:
	answer = doc.run_method("before_rename", old, new, merge) or {}
	return (answer.get("new") or new) if isinstance(answer, dict) else (answer or new)


def validate_rename(
	doctype: str,
	old: str,
	new: str,
	meta: Any,
	merge: bool,
	force: bool = False,
	ignore_permissions: bool = False,
	ignore_if_exists: bool = False,
	old_doc: Any = None,
) -> str:
	"""Return the new name as it may be stored.

	Raises:
		ValidationError: the name is the same, taken or missing, or the document may not be renamed.
	"""
	if str(old) == str(new):
		frappe.throw(frappe._("No changes made because old and new name are the same.").format(old, new))
	_check_target(doctype, new, merge, ignore_if_exists)
	if not ignore_permissions:
		_check_rights(doctype, old_doc or frappe.get_doc(doctype, old), new, merge)
	if not (force or ignore_permissions or meta.allow_rename):
		frappe.throw(frappe._("{0} not allowed to be renamed").format(frappe._(doctype)))
	return validate_name(doctype, new)


def _check_target(doctype: str, new: str, merge: bool, ignore_if_exists: bool) -> None:
	found = frappe.db.sql(f"select `name` from `tab{doctype}` where `name` = %s for update", (new,))
	exists = bool(found) and found[0][0] == new
	if merge and not exists:
		frappe.throw(frappe._("{0} {1} does not exist, select a new target to merge").format(doctype, new))
	if exists and not merge and not ignore_if_exists:
		frappe.throw(frappe._("Another {0} with name {1} exists, select another name").format(doctype, new))


def _check_rights(doctype: str, old_doc: Any, new: str, merge: bool) -> None:
	if not old_doc.has_permission("write"):
		frappe.throw(
			frappe._("You need write permission on {0} {1} to rename").format(doctype, old_doc.name),
			frappe.PermissionError,
		)
	if merge and not frappe.get_doc(doctype, new).has_permission("write"):
		frappe.throw(
			frappe._("You need write permission on {0} {1} to merge").format(doctype, new),
			frappe.PermissionError,
		)


def _move_everything(doctype: str, old: str, new: str, meta: Any, merge: bool) -> None:
	if not merge:
		rename_parent_and_child(doctype, old, new, meta)
	update_link_field_values(get_link_fields(doctype), old, new, doctype)
	rename_dynamic_links(doctype, old, new)
	if doctype == "DocType":
		from frappe.model.rename_doctype import rename_doctype

		rename_doctype(old, new)
	_move_references(doctype, old, new)
	if not merge:
		_move_secrets(doctype, old, new)
	frappe.db.value_cache.clear()


def _finish(doctype: str, old: str, new: str, merge: bool, validate: bool) -> None:
	frappe.clear_document_cache(doctype, old)
	doc = frappe.get_doc(doctype, new)
	if validate:
		doc.run_method("after_rename", old, new, merge)
	if merge:
		text = frappe._("merged {0} into {1}").format(frappe.bold(old), frappe.bold(new))
	else:
		text = frappe._("renamed from {0} to {1}").format(frappe.bold(old), frappe.bold(new))
	doc.add_comment("Edit", text)
	if merge:
		frappe.delete_doc(doctype, old, ignore_permissions=True)
	doc.clear_cache()


def rename_parent_and_child(doctype: str, old: str, new: str, meta: Any) -> None:
	"""Change the name in the document's own row and in the rows of its tables."""
	frappe.db.sql(f"update `tab{doctype}` set `name` = %s where `name` = %s", (new, old))
	autoname = meta.autoname or ""
	if autoname.startswith("field:"):
		frappe.db.sql(f"update `tab{doctype}` set `{autoname[6:]}` = %s where `name` = %s", (new, new))
	for child in set(meta._table_doctypes.values()):
		frappe.db.sql(
			f"update `tab{child}` set `parent` = %s where `parent` = %s and `parenttype` = %s",
			(new, old, doctype),
		)


def update_link_field_values(link_fields: list, old: str, new: str, doctype: str) -> None:
	"""Change the values of Link fields.

	Args:
		link_fields: fields as (parent, fieldname, issingle).
		doctype: DocType of the renamed document.
	"""
	for df in link_fields:
		if df.issingle:
			frappe.db.sql(
				"update `tabSingles` set `value` = %s where `doctype` = %s and `field` = %s and `value` = %s",
				(new, df.parent, df.fieldname, old),
			)
			frappe.clear_document_cache(df.parent, df.parent)
		elif frappe.db.table_exists(df.parent):
			frappe.db.sql(
				f"update `tab{df.parent}` set `{df.fieldname}` = %s where `{df.fieldname}` = %s", (new, old)
			)


def rename_dynamic_links(doctype: str, old: str, new: str) -> None:
	"""Change the values of Dynamic Link fields."""
	for df in get_dynamic_links():
		if df.issingle:
			if frappe.db.get_single_value(df.parent, df.options) == doctype:
				update_link_field_values([df], old, new, doctype)
		elif frappe.db.table_exists(df.parent):
			frappe.db.sql(
				f"update `tab{df.parent}` set `{df.fieldname}` = %s"
				f" where `{df.options}` = %s and `{df.fieldname}` = %s",
				(new, doctype, old),
			)


def _move_references(doctype: str, old: str, new: str) -> None:
	moved = {**REFERENCES, "File": ("attached_to_doctype", "attached_to_name")}
	for reference, (type_field, name_field) in moved.items():
		if frappe.db.table_exists(reference):
			frappe.db.sql(
				f"update `tab{reference}` set `{name_field}` = %s"
				f" where `{type_field}` = %s and `{name_field}` = %s",
				(new, doctype, old),
			)


def _move_secrets(doctype: str, old: str, new: str) -> None:
	if frappe.get_meta(doctype)._password_fields or doctype == "User":
		from frappe.utils.password import rename_password

		rename_password(doctype, old, new)


def bulk_rename(doctype: str, rows: list | None = None, via_console: bool = False) -> list[str] | None:
	"""Rename documents one after the other; each in a transaction of its own.

	Args:
		rows: [old, new] or [old, new, merge].
		via_console: print instead of returning.

	Returns:
		what became of each.
	"""
	if not rows:
		frappe.throw(frappe._("Please select a valid csv file with data"))
	log = []
	for old, new, *rest in rows or ():
		try:
			rename_doc(doctype, old, new, merge=bool(rest and rest[0]), rebuild_search=False)
			frappe.db.commit()
			log.append(frappe._("Successful: {0} to {1}").format(old, new))
		except frappe.ValidationError as error:
			frappe.db.rollback()
			log.append(frappe._("** Failed: {0} to {1}: {2}").format(old, new, error))
	if via_console:
		print("\n".join(log))
		return None
	return log
