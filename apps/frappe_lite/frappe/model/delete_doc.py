"""Deleting documents: what forbids it, what goes with them, what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model import table_fields
from frappe.model.dynamic_links import (
	doctypes_to_skip,
	get_dynamic_links,
	get_link_fields,
	rows_linking_to,
)

# DocType → its fields that name a document's DocType and name; the rows go with the document.
REFERENCES = {
	"ToDo": ("reference_type", "reference_name"),
	"Email Unsubscribe": ("reference_doctype", "reference_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
}
# The rows stay, without the reference.
CLEARED_REFERENCES = (
	("Communication", "reference_doctype", "reference_name"),
	("Activity Log", "reference_doctype", "reference_name"),
	("Activity Log", "timeline_doctype", "timeline_name"),
)


def delete_doc(
	doctype: str | None = None,
	name: Any = None,
	force: int | bool = 0,
	ignore_doctypes: list[str] | None = None,
	for_reload: bool = False,
	ignore_permissions: bool = False,
	flags: dict | None = None,
	ignore_on_trash: bool = False,
	ignore_missing: bool = True,
	delete_permanently: bool = False,
) -> bool | None:
	"""Delete documents with their rows, files, comments, versions and shares.

	Events: on_trash, on_change, after_delete.

	Args:
		doctype, name: what to delete; several names as a list; the posted `dt` and `dn` unless given.
		force: although others link to it.
		ignore_doctypes: child DocTypes whose rows stay.
		for_reload: it will be inserted again at once: no events, no checks.
		ignore_permissions: ask for nobody.
		flags: flags of the document.
		ignore_on_trash: leave its event out.
		ignore_missing: False refuses what does not exist.
		delete_permanently: keep no Deleted Document.

	Returns:
		False when a document did not exist.

	Raises:
		PermissionError, LinkExistsError, DoesNotExistError, ValidationError.
	"""
	doctype = doctype or frappe.form_dict.get("dt")
	name = name if name is not None else frappe.form_dict.get("dn")
	options = frappe._dict(
		force=force,
		ignore_doctypes=ignore_doctypes or [],
		for_reload=for_reload,
		ignore_permissions=ignore_permissions,
		flags=flags,
		ignore_on_trash=ignore_on_trash,
		delete_permanently=delete_permanently,
	)
	for each in [name] if isinstance(name, str | int) else name or []:
		if frappe.get_meta(doctype).is_virtual:
			frappe.get_doc(doctype, each).delete()
		elif not frappe.db.exists(doctype, each):
			if not ignore_missing:
				raise frappe.DoesNotExistError
			return False
		else:
			_delete(doctype, each, options)
	return None


def _delete(doctype: str, name: Any, options: Any) -> None:
	doc = frappe.get_doc(doctype, name)
	if not options.for_reload:
		_prepare(doc, options)
	elif doctype == "DocType":
		doc.run_method("before_reload")
	_delete_secrets(doc)
	if doctype != "DocType":
		update_naming_series(doc)
	delete_from_table(doctype, doc.name, options.ignore_doctypes, doc)
	if not options.for_reload:
		_finish(doc, options)
	doc.clear_cache()
	frappe.db.value_cache.pop(doctype, None)


def _prepare(doc: Any, options: Any) -> None:
	update_flags(doc, options.flags, options.ignore_permissions)
	if doc.doctype == "DocType":
		_check_doctype(doc, options)
	check_permission_and_not_submitted(doc)
	if not options.ignore_on_trash:
		doc.run_method("on_trash")
		doc.flags.in_delete = True
		doc.run_method("on_change")
	if not options.force and doc.doctype != "DocType":
		check_if_doc_is_linked(doc)
		check_if_doc_is_dynamically_linked(doc)


def _check_doctype(doc: Any, options: Any) -> None:
	if not (doc.custom or frappe.conf.developer_mode or frappe.flags.in_patch or options.force):
		frappe.throw(frappe._("Standard DocType can not be deleted."))
	frappe.db.delete("Custom Field", {"options": doc.name, "fieldtype": ("in", table_fields)})


def _finish(doc: Any, options: Any) -> None:
	doc.run_method("after_delete")
	_remove_files(doc)
	delete_dynamic_links(doc.doctype, doc.name)
	if not frappe.flags.in_patch:
		doc.notify_update()
	if not options.delete_permanently:
		add_to_deleted_document(doc)


def update_flags(doc: Any, flags: dict | None = None, ignore_permissions: bool = False) -> None:
	"""Set the flags of a document that is to be deleted."""
	if ignore_permissions:
		doc.flags.ignore_permissions = True
	if flags:
		doc.flags.update(flags)


def check_permission_and_not_submitted(doc: Any) -> None:
	"""Refuse to delete what the user may not delete or what is submitted.

	Raises:
		PermissionError, ValidationError.
	"""
	if not doc.flags.ignore_permissions and frappe.session.user != "Administrator":
		is_standard_doctype = doc.doctype == "DocType" and not doc.custom
		if is_standard_doctype or not doc.has_permission("delete"):
			frappe.msgprint(
				frappe._("User not allowed to delete {0}: {1}").format(doc.doctype, doc.name),
				raise_exception=frappe.PermissionError,
			)
	if doc.meta.is_submittable and doc.docstatus.is_submitted():
		frappe.msgprint(
			frappe._("{0} {1}: Submitted Record cannot be deleted. You must {2} Cancel {3} it first.").format(
				frappe._(doc.doctype), doc.name, "<b>", "</b>"
			),
			raise_exception=True,
		)


def update_naming_series(doc: Any) -> None:
	"""Give the number of a document back when it was the last one of its series."""
	from frappe.model.naming import revert_series_if_last

	autoname = doc.meta.autoname
	if not autoname:
		return
	if autoname.startswith("naming_series:") and doc.get("naming_series"):
		revert_series_if_last(f"{doc.naming_series}.#####", str(doc.name), doc)
	elif autoname.split(":", 1)[0].lower() not in ("prompt", "field", "hash", "autoincrement", "format"):
		revert_series_if_last(autoname, str(doc.name), doc)


def delete_from_table(doctype: str, name: Any, ignore_doctypes: Iterable[str], doc: Any) -> None:
	"""Delete the rows of a document and of its table fields."""
	if doctype != "DocType" and doctype == name:
		frappe.db.delete("Singles", {"doctype": name})
	else:
		frappe.db.sql(f"delete from `tab{doctype}` where `name` = %s", (name,))
	meta = doc.meta if doc is not None else frappe.get_meta(doctype)
	for child in set(meta._table_doctypes.values()) - set(ignore_doctypes):
		if not frappe.get_meta(child).is_virtual:
			frappe.db.sql(
				f"delete from `tab{child}` where `parent` = %s and `parenttype` = %s", (str(name), doctype)
			)


def _delete_secrets(doc: Any) -> None:
	if doc.meta._password_fields or doc.doctype == "User":
		from frappe.utils.password import delete_all_passwords_for

		delete_all_passwords_for(doc.doctype, doc.name)


def _remove_files(doc: Any) -> None:
	for file in frappe.get_all(
		"File", filters={"attached_to_doctype": doc.doctype, "attached_to_name": str(doc.name)}, pluck="name"
	):
		frappe.delete_doc("File", file, ignore_permissions=True, force=True, delete_permanently=True)


# ---------------------------------------------------------------------- links
def check_if_doc_is_linked(doc: Any, method: str = "Delete") -> None:
	"""Refuse to delete (or cancel) what a Link field points to.

	Args:
		method: "Delete"; with "Cancel" only submitted documents forbid it.

	Raises:
		LinkExistsError: a document links to it.
	"""
	ignored = _ignored_doctypes(doc, method)
	for df in get_link_fields(doc.doctype):
		if df.parent in ignored or (df.fieldname == "amended_from" and method == "Cancel"):
			continue
		if df.issingle:
			if frappe.db.get_single_value(df.parent, df.fieldname) == doc.name and method == "Delete":
				raise_link_exists_exception(doc, df.parent, df.parent)
			continue
		_check_rows(doc, df, rows_linking_to(df, doc.name), method, ignored)


def check_if_doc_is_dynamically_linked(doc: Any, method: str = "Delete") -> None:
	"""Refuse to delete (or cancel) what a Dynamic Link field points to.

	Raises:
		LinkExistsError: a document links to it.
	"""
	ignored = _ignored_doctypes(doc, method) | set(doctypes_to_skip)
	for df in get_dynamic_links():
		if df.parent in ignored:
			continue
		if df.issingle:
			stored = frappe.db.get_singles_dict(df.parent)
			if stored.get(df.options) == doc.doctype and stored.get(df.fieldname) == doc.name:
				raise_link_exists_exception(doc, df.parent, df.parent)
			continue
		rows = [row for row in rows_linking_to(df, doc.name, doc.doctype) if row.docstatus != 2]
		_check_rows(doc, df, rows, method, ignored)


def _ignored_doctypes(doc: Any, method: str) -> set[str]:
	if method == "Delete":
		return set(frappe.get_hooks("ignore_links_on_delete"))
	return set(getattr(doc, "ignore_linked_doctypes", None) or ())


def _check_rows(doc: Any, df: Any, rows: list, method: str, ignored: set[str]) -> None:
	for row in rows:
		parent = row.get("parent")
		linking = row.parenttype if parent else df.parent
		if linking in ignored or (method == "Cancel" and row.docstatus != 1):
			continue
		if linking == doc.doctype and (parent or row.name) == doc.name:
			continue
		raise_link_exists_exception(doc, linking, parent or row.name)


def raise_link_exists_exception(
	doc: Any, reference_doctype: str, reference_docname: Any, row: str = ""
) -> None:
	"""Refuse to delete or cancel a document.

	Raises:
		LinkExistsError: always.
	"""
	doc_link = frappe.utils.get_link_to_form(doc.doctype, doc.name)
	reference_link = frappe.utils.get_link_to_form(reference_doctype, reference_docname)
	label = "" if reference_doctype == reference_docname else frappe._(reference_doctype)
	frappe.throw(
		frappe._("Cannot delete or cancel because {0} {1} is linked with {2} {3} {4}").format(
			frappe._(doc.doctype), doc_link, label, reference_link, row
		),
		frappe.LinkExistsError,
	)


# ---------------------------------------------------------------------- what goes with it
def delete_dynamic_links(doctype: str, name: Any) -> None:
	"""Delete what follows a document – to-dos, comments, versions, shares, tags – and unlink its mails."""
	for reference, (type_field, name_field) in REFERENCES.items():
		delete_references(reference, doctype, name, type_field, name_field)
	for reference, type_field, name_field in CLEARED_REFERENCES:
		clear_references(reference, doctype, name, type_field, name_field)
	clear_timeline_references(doctype, name)


def delete_references(
	doctype: str,
	reference_doctype: str,
	reference_name: Any,
	reference_doctype_field: str = "reference_doctype",
	reference_name_field: str = "reference_name",
) -> None:
	"""Delete the documents of a DocType that refer to a document."""
	if frappe.db.table_exists(doctype):
		frappe.db.sql(
			f"delete from `tab{doctype}`"
			f" where `{reference_doctype_field}` = %s and `{reference_name_field}` = %s",
			(reference_doctype, str(reference_name)),
		)


def clear_references(
	doctype: str,
	reference_doctype: str,
	reference_name: Any,
	reference_doctype_field: str = "reference_doctype",
	reference_name_field: str = "reference_name",
) -> None:
	"""Take the reference to a document out of the documents of a DocType."""
	if frappe.db.table_exists(doctype):
		frappe.db.sql(
			f"update `tab{doctype}` set `{reference_doctype_field}` = null, `{reference_name_field}` = null"
			f" where `{reference_doctype_field}` = %s and `{reference_name_field}` = %s",
			(reference_doctype, str(reference_name)),
		)


def clear_timeline_references(link_doctype: str, link_name: Any) -> None:
	"""Take a document off the timelines of mails."""
	if frappe.db.table_exists("Communication Link"):
		frappe.db.delete("Communication Link", {"link_doctype": link_doctype, "link_name": str(link_name)})


def add_to_deleted_document(doc: Any) -> None:
	"""Keep the values of a deleted document so that it can be restored."""
	if doc.doctype == "Deleted Document" or frappe.flags.in_install == "frappe":
		return
	values = {
		"doctype": "Deleted Document",
		"deleted_doctype": doc.doctype,
		"deleted_name": str(doc.name),
		"data": doc.as_json(),
		"owner": frappe.session.user,
		"modified_by": frappe.session.user,
		"creation": frappe.utils.now(),
		"modified": frappe.utils.now(),
	}
	frappe.get_doc(values).db_insert()
