"""What a save changes: comparison with the stored document, refusals, versions, direct writes."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import table_fields


class DocumentChanges:
	"""How Document knows and records what changed."""

	def get_doc_before_save(self) -> Any:
		"""Return the document as it was stored before this save, None for a new one."""
		return self.__dict__.get("_doc_before_save")

	def has_value_changed(self, fieldname: str) -> bool:
		"""Tell whether a field differs from what was stored before this save; True for a new document."""
		from datetime import date, datetime, timedelta

		before = self.get_doc_before_save()
		if not before:
			return True
		old, new = before.get(fieldname), self.get(fieldname)
		if isinstance(old, datetime):
			new = frappe.utils.get_datetime(new)
		elif isinstance(old, date):
			new = frappe.utils.getdate(new)
		elif isinstance(old, timedelta):
			new = frappe.utils.to_timedelta(new) if isinstance(new, str) else new
		return old != new

	def get_value_before_save(self, fieldname: str) -> Any:
		"""Return what was stored in a field before this save."""
		before = self.get_doc_before_save()
		return before.get(fieldname) if before else None

	def is_child_table_same(self, fieldname: str) -> bool:
		"""Tell whether the rows of a table field are those stored before."""
		skipped = ("modified", "modified_by", "creation", "__unsaved", "__islocal")
		old, new = self.get_doc_before_save().get(fieldname) or [], self.get(fieldname) or []
		if len(old) != len(new):
			return False
		for before, after in zip(old, new, strict=True):
			pairs = zip(before.get_valid_dict().items(), after.get_valid_dict().values(), strict=True)
			if any(
				frappe.utils.cstr(a) != frappe.utils.cstr(b) for (key, a), b in pairs if key not in skipped
			):
				return False
		return True

	def validate_set_only_once(self) -> None:
		"""Refuse a change of fields that are set only once, of the creation time and of the owner.

		Raises:
			CannotChangeConstantError: one of them changed.
		"""
		before = self.get_doc_before_save()
		if not before or self.meta.issingle:
			return
		for df in self.meta.get_set_only_once_fields():
			if self._has_constant_changed(df, before):
				frappe.throw(
					frappe._("Value cannot be changed for {0}").format(
						frappe.bold(frappe._(self.meta.get_label(df.fieldname)))
					),
					exc=frappe.CannotChangeConstantError,
				)

	def _has_constant_changed(self, df: Any, before: Any) -> bool:
		if df.fieldtype in table_fields:
			return not self.is_child_table_same(df.fieldname)
		return self.has_value_changed(df.fieldname)

	def validate_update_after_submit(self) -> None:
		"""Refuse changes of a submitted document except where the field allows them.

		Raises:
			UpdateAfterSubmitError: another field changed.
		"""
		if self.flags.ignore_validate_update_after_submit:
			return
		before = self.get_doc_before_save()
		self._validate_update_after_submit(before)
		for fieldname in self._table_fieldnames:
			stored = {row.name: row for row in before.get(fieldname) or ()}
			for row in self.get(fieldname) or ():
				if row.name in stored:
					row._validate_update_after_submit(stored[row.name])

	def validate_amended_from(self) -> None:
		"""Refuse to amend what is not cancelled.

		Raises:
			ValidationError: the document it amends is not cancelled.
		"""
		if frappe.db.get_value(self.doctype, self.amended_from, "docstatus") == 2:
			return
		link = frappe.utils.get_link_to_form(self.doctype, self.amended_from)
		frappe.throw(
			frappe._(
				"{0} cannot be amended because it is not cancelled. "
				"Please cancel the document before creating an amendment."
			).format(link),
			title=frappe._("Amendment Not Allowed"),
		)

	def save_version(self) -> None:
		"""Keep what this save changed, where the DocType tracks changes."""
		if not self.meta.track_changes or self.doctype == "Version" or self.flags.ignore_version:
			return
		if frappe.flags.in_install or (not self.get_doc_before_save() and frappe.flags.in_patch):
			return
		compared = self.get_doc_before_save()
		if not compared and self.get("amended_from"):
			compared = frappe.get_doc(self.doctype, self.amended_from)
		if not compared:
			return
		version = frappe.new_doc("Version")
		if version.update_version_info(compared, self):
			version.insert(ignore_permissions=True)

	def db_set(
		self,
		fieldname: str | dict[str, Any],
		value: Any = None,
		update_modified: bool = True,
		notify: bool = False,
		commit: bool = False,
	) -> None:
		"""Write fields at once, without checks and events but before_change and on_change.

		Args:
			fieldname: one field, or a dict of fields and values.
			update_modified: set `modified` and `modified_by` too.
			notify: tell listeners.
			commit: end the transaction; never inside events.
		"""
		values = fieldname if isinstance(fieldname, dict) else {fieldname: value}
		self.update(values)
		if (
			update_modified
			and not self.meta.issingle
			and (self.doctype, self.name) not in frappe.flags.currently_saving
		):
			self.set("modified", frappe.utils.now())
			self.set("modified_by", frappe.session.user)
		if self.get("name") is not None:
			self.load_doc_before_save()
			self.run_method("before_change")
		frappe.db.set_value(
			self.doctype,
			self.name,
			values,
			modified=self.get("modified"),
			modified_by=self.get("modified_by"),
			update_modified=update_modified,
		)
		self.run_method("on_change")
		if notify:
			self.notify_update()
		self.clear_cache()
		if commit:
			frappe.db.commit()

	def db_get(self, fieldname: str) -> Any:
		"""Return what the database holds for a field."""
		return frappe.db.get_value(self.doctype, self.name, fieldname)

	def check_no_back_links_exist(self) -> None:
		"""Refuse to cancel what submitted documents link to.

		Raises:
			LinkExistsError: one does.
		"""
		from frappe.model.delete_doc import check_if_doc_is_dynamically_linked, check_if_doc_is_linked

		if not self.flags.ignore_links:
			check_if_doc_is_linked(self, method="Cancel")
			check_if_doc_is_dynamically_linked(self, method="Cancel")

	def notify_update(self) -> None:
		"""Tell open forms and lists that the document changed."""
		if frappe.flags.in_patch or frappe.flags.in_install or frappe.flags.in_migrate:
			return
		frappe.publish_realtime(
			"doc_update",
			{"modified": self.get("modified"), "doctype": self.doctype, "name": self.name},
			doctype=self.doctype,
			docname=self.name,
			after_commit=True,
		)
		if self.meta.istable or self.meta.issingle or self.meta.read_only:
			return
		frappe.publish_realtime(
			"list_update",
			{"doctype": self.doctype, "name": self.name, "user": frappe.session.user},
			doctype=self.doctype,
			after_commit=True,
		)

	def clear_cache(self) -> None:
		"""Forget kept copies of the document."""
		frappe.clear_document_cache(self.doctype, self.name)
