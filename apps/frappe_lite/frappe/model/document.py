"""Document: the life of a record from `insert` to `delete`, with Frappe's events in Frappe's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model.base_document import BaseDocument, get_controller
from frappe.model.docstatus import DocStatus
from frappe.model.document_changes import DocumentChanges
from frappe.model.document_checks import DocumentChecks
from frappe.model.document_events import hook as _hook
from frappe.model.document_events import run_method
from frappe.model.document_extras import DocumentExtras
from frappe.model.document_loading import DocumentLoading
from frappe.model.document_lock import DocumentLock
from frappe.model.document_permissions import DocumentPermissions

_BEFORE_SAVE = {
	"save": ("validate", "before_save"),
	"submit": ("validate", "before_submit"),
	"cancel": ("before_cancel",),
	"update_after_submit": ("before_update_after_submit",),
}
_AFTER_SAVE = {
	"save": ("on_update",),
	"submit": ("on_update", "on_submit"),
	"cancel": ("on_cancel",),
	"update_after_submit": ("on_update_after_submit",),
}


def get_doc(*args: Any, **kwargs: Any) -> Any:
	"""Return a document.

	Args:
		args: a DocType and a name (or filters); a DocType alone for a Single; a dict with `doctype`; or a
			document, which is returned as it is.
		kwargs: values of a new document with `doctype`; `for_update=True` locks the row that is read.

	Raises:
		DoesNotExistError: the document does not exist.
		ValueError: no DocType was given.
	"""
	if args:
		first = args[0]
		if isinstance(first, BaseDocument):
			return first
		if isinstance(first, str):
			return get_controller(first)(*args, **kwargs)
		if not isinstance(first, dict):
			raise ValueError("First non keyword argument must be a string or dict")
		kwargs = first
	if "doctype" not in kwargs:
		raise ValueError('"doctype" is a required key')
	return get_controller(kwargs["doctype"])(kwargs)


class Document(
	BaseDocument,
	DocumentChecks,
	DocumentChanges,
	DocumentExtras,
	DocumentLoading,
	DocumentLock,
	DocumentPermissions,
):
	"""A record of a DocType; controllers are its subclasses."""

	doctype: str
	name: Any = None
	hook = staticmethod(_hook)

	def __init__(self, *args: Any, **kwargs: Any) -> None:
		first = args[0] if args else None
		if isinstance(first, str):
			self.doctype = first
			self.__dict__["name"] = args[1] if len(args) > 1 else first
			if kwargs.get("for_update"):
				self.flags.for_update = True
			self.load_from_db()
			return
		values = first if isinstance(first, dict) else kwargs
		if not values:
			raise ValueError("Illegal arguments")
		super().__init__(values)
		self.init_child_tables()
		self.init_valid_columns()

	def __repr__(self) -> str:
		parent = f" parent={self.parent}" if self.get("parent") else ""
		state = "unsaved" if self.is_new() else self.get("name")
		return f"<{type(self).__name__}: {state}{parent}>"

	def __str__(self) -> str:
		return f"{self.doctype}({self.get('name') or 'unsaved'})"

	@staticmethod
	def whitelist(function: Any) -> Any:
		"""Let clients call a method of the document, see `frappe.whitelist`."""
		frappe.whitelist()(function)
		return function

	def run_method(self, method: str, *args: Any, **kwargs: Any) -> Any:
		"""Run an event or method with everything that is hooked to it."""
		return run_method(self, method, *args, **kwargs)

	# ------------------------------------------------------------------ insert
	def insert(
		self,
		ignore_permissions: bool | None = None,
		ignore_links: bool | None = None,
		ignore_if_duplicate: bool = False,
		ignore_mandatory: bool | None = None,
		set_name: str | None = None,
		set_child_names: bool = True,
	) -> Document:
		"""Insert the document and its rows into the database.

		Events: before_insert, before_naming, autoname, before_validate, validate, before_save, after_insert,
		on_update, on_change; those of submitting too when `docstatus` is 1.

		Args:
			ignore_permissions, ignore_links, ignore_mandatory: leave these checks out.
			ignore_if_duplicate: do nothing when the name is taken.
			set_name: the name, whatever the DocType's naming says.
			set_child_names: name the rows.

		Raises:
			PermissionError, MandatoryError, LinkValidationError, DuplicateEntryError, ValidationError.
		"""
		if self.flags.in_print:
			return self
		self.flags.notifications_executed = []
		self._set_flags(
			ignore_permissions=ignore_permissions,
			ignore_links=ignore_links,
			ignore_mandatory=ignore_mandatory,
		)
		self._prepare_insert(set_name, set_child_names)
		self.flags.in_insert = True
		self.run_before_save_methods()
		self._validate()
		self.set_docstatus()
		self.flags.in_insert = False
		self._insert_rows(ignore_if_duplicate)
		self.flags.in_insert = True
		self.run_method("after_insert")
		if self.get("amended_from"):
			self.copy_attachments_from_amended_from()
		self.run_post_save_methods()
		self.flags.in_insert = False
		self.__dict__.pop("__islocal", None)
		self.__dict__.pop("__unsaved", None)
		return self

	def _prepare_insert(self, set_name: str | None, set_child_names: bool) -> None:
		self.__dict__["__islocal"] = True
		self._set_defaults()
		self.set_user_and_timestamp()
		self.set_docstatus()
		self.check_if_latest()
		self._validate_links()
		self.check_permission("create")
		if self.get("amended_from"):
			self.validate_amended_from()
		self.run_method("before_insert")
		self.set_new_name(set_name=set_name, set_child_names=set_child_names)
		self.set_parent_in_children()
		self.validate_higher_perm_levels()

	def _insert_rows(self, ignore_if_duplicate: bool) -> None:
		if self.meta.issingle:
			self.update_single(self.get_valid_dict())
		else:
			self.db_insert(ignore_if_duplicate=ignore_if_duplicate)
		for row in self.get_all_children():
			row.db_insert()

	def _set_flags(self, **values: Any) -> None:
		for flag, value in values.items():
			if value is not None:
				self.flags[flag] = value

	def set_new_name(
		self, force: bool = False, set_name: str | None = None, set_child_names: bool = True
	) -> None:
		"""Name the document by its DocType's rule, and its rows."""
		from frappe.model.naming import set_new_name, validate_name

		if self.flags.name_set and not force:
			return
		if self.get("__newname"):
			self.name = validate_name(self.doctype, self.get("__newname"))
			self.flags.name_set = True
			return
		if set_name:
			self.name = validate_name(self.doctype, set_name)
		else:
			set_new_name(self)
		if set_child_names:
			for row in self.get_all_children():
				set_new_name(row)
		self.flags.name_set = True

	# ------------------------------------------------------------------ save
	def save(self, *args: Any, **kwargs: Any) -> Document:
		"""Write the document, see `_save`."""
		return self._save(*args, **kwargs)

	def _save(self, ignore_permissions: bool | None = None, ignore_version: bool | None = None) -> Document:
		"""Write the document and its rows; a new one is inserted.

		Events: before_validate, validate, before_save, on_update, on_change, or those of submit, cancel and
		update after submit, by the change of `docstatus`.

		Raises:
			TimestampMismatchError: somebody else saved it meanwhile.
			DocumentLockedError, PermissionError, MandatoryError, LinkValidationError, ValidationError.
		"""
		if self.flags.in_print:
			return self
		self.flags.notifications_executed = []
		self._set_flags(ignore_permissions=ignore_permissions)
		self.flags.ignore_version = bool(frappe.flags.in_test) if ignore_version is None else ignore_version
		if self.is_new() or not self.get("name"):
			return self.insert()
		self._prepare_save()
		self.run_before_save_methods()
		if self._action != "cancel":
			self._validate()
		if self._action == "update_after_submit":
			self.validate_update_after_submit()
		self.set_docstatus()
		self._update_rows()
		self.run_post_save_methods()
		self.__dict__.pop("__unsaved", None)
		return self

	def _prepare_save(self) -> None:
		self.check_if_locked()
		self._set_defaults()
		self.check_permission("write")
		self.set_user_and_timestamp()
		self.set_docstatus()
		self.check_if_latest()
		self.set_parent_in_children()
		self.set_name_in_children()
		self.validate_higher_perm_levels()
		self._validate_links()

	def _update_rows(self) -> None:
		if self.meta.issingle:
			self.update_single(self.get_valid_dict())
		else:
			self.db_update()
		self.update_children()

	def update_single(self, d: dict[str, Any]) -> None:
		"""Replace the stored values of a Single."""
		frappe.db.delete("Singles", {"doctype": self.doctype})
		rows = [(self.doctype, field, value) for field, value in d.items() if field != "doctype"]
		frappe.db.bulk_insert("Singles", fields=["doctype", "field", "value"], values=rows)
		frappe.db.value_cache.pop(self.doctype, None)

	def update_children(self) -> None:
		"""Write the rows of all table fields and delete those that are gone."""
		for fieldname in self._table_fieldnames:
			self.update_child_table(fieldname)

	def update_child_table(self, fieldname: str, df: Any = None) -> None:
		"""Write the rows of one table field and delete those that are gone."""
		doctype = self._table_fieldnames[fieldname]
		rows = self.get(fieldname) or []
		if doctype not in (self.flags.ignore_children_type or ()) and not frappe.get_meta(doctype).is_virtual:
			self._delete_missing_rows(
				fieldname, doctype, [row.name for row in rows if row.name and not row.is_new()]
			)
		for row in rows:
			row.db_update()

	def _delete_missing_rows(self, fieldname: str, doctype: str, kept: list[str]) -> None:
		query = f"delete from `tab{doctype}` where `parent` = %s and `parenttype` = %s and `parentfield` = %s"
		values = [self.name, self.doctype, fieldname]
		if kept:
			query += f" and `name` not in ({', '.join(['%s'] * len(kept))})"
		frappe.db.sql(query, (*values, *kept))

	# ------------------------------------------------------------------ before writing
	def set_user_and_timestamp(self) -> None:
		"""Set who changes the document and when, on the document and its rows."""
		self._original_modified = self.get("modified")
		stamp, user = frappe.utils.now(), frappe.session.user
		own = self.__dict__
		own["modified"], own["modified_by"] = stamp, user
		if self.is_new() and not (
			frappe.flags.in_install or frappe.flags.in_patch or frappe.flags.in_migrate
		):
			own["creation"], own["owner"] = stamp, user
		if self.is_new():
			own["creation"], own["owner"] = own.get("creation") or stamp, own.get("owner") or user
		for row in self.get_all_children():
			values = row.__dict__
			values["modified"], values["modified_by"] = stamp, user
			values["owner"] = values.get("owner") or user
			values["creation"] = values.get("creation") or own.get("creation") or stamp
		# A new document may have no name yet; nothing could find or remove such an entry.
		if self.get("name"):
			frappe.flags.currently_saving.append((self.doctype, self.name))

	def set_docstatus(self) -> None:
		"""Give the rows the status of the document."""
		for row in self.get_all_children():
			row.docstatus = self.docstatus

	def set_parent_in_children(self) -> None:
		"""Point the rows to the document."""
		for row in self.get_all_children():
			row.__dict__.update(parent=self.name, parenttype=self.doctype)

	def set_name_in_children(self) -> None:
		"""Name those rows that have no name."""
		from frappe.model.naming import set_new_name

		for row in self.get_all_children():
			if not row.name:
				set_new_name(row)

	def _set_defaults(self) -> None:
		if frappe.flags.in_import:
			return
		if self.is_new():
			self.update_if_missing(frappe.new_doc(self.doctype, as_dict=True))
		for fieldname, doctype in self._table_fieldnames.items():
			rows = [row for row in self.get(fieldname) or () if row.is_new()]
			if rows:
				defaults = frappe.new_doc(doctype, parent_doc=self, parentfield=fieldname, as_dict=True)
				for row in rows:
					row.update_if_missing(defaults)

	def run_before_save_methods(self) -> None:
		"""Run the events before writing; `flags.ignore_validate` leaves them out."""
		if not self.is_new() and self.get("_seen"):
			self.reset_seen()
		if self._action in ("save", "submit"):
			self.run_method("before_validate")
		if self.flags.ignore_validate:
			return
		for event in _BEFORE_SAVE[self._action]:
			self.run_method(event)
		self.set_title_field()

	# ------------------------------------------------------------------ after writing
	def run_post_save_methods(self) -> None:
		"""Run the events after writing, tell listeners, and keep a version."""
		for event in _AFTER_SAVE[self._action]:
			self.run_method(event)
		if self._action == "cancel":
			self.check_no_back_links_exist()
		self.clear_cache()
		if self.flags.get("notify_update", True):
			self.notify_update()
		self.save_version()
		self.run_method("on_change")
		saving = frappe.flags.currently_saving
		if (self.doctype, self.name) in saving:
			saving.remove((self.doctype, self.name))

	# ------------------------------------------------------------------ submit, cancel, delete
	@frappe.whitelist()
	def submit(self) -> Document:
		"""Submit the document."""
		return self._submit()

	def _submit(self) -> Document:
		self.docstatus = DocStatus.submitted()
		return self.save()

	@frappe.whitelist()
	def cancel(self) -> Document:
		"""Cancel a submitted document."""
		return self._cancel()

	def _cancel(self) -> Document:
		self.docstatus = DocStatus.cancelled()
		return self.save()

	@frappe.whitelist()
	def discard(self) -> None:
		"""Cancel a draft without validating it; events before_discard and on_discard."""
		if not self.docstatus.is_draft():
			raise frappe.ValidationError(frappe._("Only draft documents can be discarded"))
		self.check_if_locked()
		self.check_permission("cancel" if self.meta.is_submittable else "delete")
		self.run_method("before_discard")
		self.db_set("docstatus", DocStatus.cancelled())
		self.run_method("on_discard")

	def rename(
		self, name: str, merge: bool = False, force: bool = False, validate_rename: bool = True
	) -> None:
		"""Give the document another name, see `frappe.rename_doc`."""
		self.name = frappe.rename_doc(doc=self, new=name, merge=merge, force=force, validate=validate_rename)
		self.reload()

	def delete(
		self,
		ignore_permissions: bool = False,
		force: bool = False,
		*,
		delete_permanently: bool = False,
	) -> None:
		"""Delete the document, see `frappe.delete_doc`."""
		frappe.delete_doc(
			self.doctype,
			self.name,
			ignore_permissions=ignore_permissions or bool(self.flags.ignore_permissions),
			flags=self.flags,
			force=force,
			delete_permanently=delete_permanently,
		)


def bulk_insert(
	doctype: str, documents: Iterable[Any], ignore_duplicates: bool = False, chunk_size: int = 10_000
) -> None:
	"""Insert many named documents with their rows at once, without events and checks.

	Args:
		documents: documents with `name` set, or an iterator over them.
		ignore_duplicates: leave out names that are taken.
		chunk_size: rows in one statement.
	"""
	from frappe.model.bulk import insert_documents

	insert_documents(doctype, documents, ignore_duplicates, chunk_size)


def execute_action(__doctype: str, __name: str, __action: str, **kwargs: Any) -> None:
	"""Run a queued action of a document; on failure the error is kept as a comment of the document."""
	from frappe.model.document_extras import run_queued_action

	run_queued_action(__doctype, __name, __action, kwargs)
