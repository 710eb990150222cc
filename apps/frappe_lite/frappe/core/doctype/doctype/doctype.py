from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.doctype import files, standard_fields
from frappe.core.doctype.doctype.errors import (
	CannotCreateStandardDoctypeError,
	CannotIndexedError,
	DoctypeLinkError,
	HiddenAndMandatoryWithoutDefaultError,
	IllegalMandatoryError,
	InvalidFieldNameError,
	NonUniqueError,
	UniqueFieldnameError,
	WrongOptionsDoctypeLinkError,
)
from frappe.core.doctype.doctype.field_rules import (
	check_fieldname_conflicts,
	validate_fields,
	validate_fields_for_doctype,
	validate_links_table_fieldnames,
)
from frappe.core.doctype.doctype.naming_rules import validate_autoincrement_autoname, validate_series
from frappe.core.doctype.doctype.permission_rules import (
	clear_permissions_cache,
	validate_permissions,
	validate_permissions_for_doctype,
)
from frappe.model.document import Document

__all__ = [
	"CannotCreateStandardDoctypeError",
	"CannotIndexedError",
	"DocType",
	"DoctypeLinkError",
	"HiddenAndMandatoryWithoutDefaultError",
	"IllegalMandatoryError",
	"InvalidFieldNameError",
	"NonUniqueError",
	"UniqueFieldnameError",
	"WrongOptionsDoctypeLinkError",
	"check_fieldname_conflicts",
	"clear_permissions_cache",
	"validate_autoincrement_autoname",
	"validate_fields",
	"validate_fields_for_doctype",
	"validate_links_table_fieldnames",
	"validate_permissions",
	"validate_permissions_for_doctype",
	"validate_series",
]

NAME_PATTERN = re.compile(r"^(?![\W])[^\d_\s][\w -]+$", flags=re.ASCII)
# A table's name is "tab" and the DocType's, and MariaDB names have 64 characters.
MAX_NAME_LENGTH = 61


class DocType(Document):
	"""A table and a form; saving one changes the database at once."""

	def before_validate(self) -> None:
		standard_fields.set_from_labels(self.fields)
		standard_fields.set_default_in_list_view(self)

	def validate(self) -> None:
		self.check_developer_mode()
		self.validate_name()
		self.set_defaults_for_single_and_table()
		self.set_defaults_for_autoincremented()
		standard_fields.set_default_translatable(self)
		validate_series(self)
		self.set_allow_auto_repeat()
		self.validate_document_type()
		standard_fields.make_amendable(self)
		standard_fields.make_nestedset(self)
		self.check_conflicts()
		validate_fields(self)
		self.check_links()
		if not self.istable:
			validate_permissions(self)
		self.validate_default_print_format()
		validate_autoincrement_autoname(self)
		self.before_update = None if self.is_new() else self.get_doc_before_save()

	def check_developer_mode(self) -> None:
		"""Refuse a standard DocType outside developer mode: it would differ from its file."""
		flags = frappe.flags
		if flags.in_patch or flags.in_test or flags.in_install or flags.in_migrate or flags.in_import:
			return
		if not frappe.conf.developer_mode and not self.custom:
			frappe.throw(
				_("Not in Developer Mode! Set in site_config.json or make 'Custom' DocType."),
				CannotCreateStandardDoctypeError,
			)

	def validate_name(self) -> None:
		"""Refuse names that are no names of tables."""
		if not self.is_new() and not self.has_value_changed("name"):
			return
		check_doctype_name(self.name)

	def set_defaults_for_single_and_table(self) -> None:
		"""Take off what a Single or a child table cannot be."""
		if self.issingle:
			self.update({"allow_import": 0, "is_submittable": 0, "istable": 0})
		elif self.istable:
			self.allow_import = 0
			self.permissions = []

	def set_defaults_for_autoincremented(self) -> None:
		"""Numbers as names cannot be renamed."""
		if self.autoname and self.autoname == "autoincrement":
			self.allow_rename = 0

	def set_allow_auto_repeat(self) -> None:
		"""A Single or a child table cannot repeat itself."""
		if self.issingle or self.istable:
			self.allow_auto_repeat = 0

	def validate_document_type(self) -> None:
		"""Repair words that older files use."""
		if self.document_type == "Transaction":
			self.document_type = "Document"
		if self.document_type == "Master":
			self.document_type = "Setup"

	def check_conflicts(self) -> None:
		"""Refuse fields that would hide attributes of documents."""
		if self.is_new() or frappe.flags.in_import:
			fields = self.fields
		else:
			known = {field.fieldname for field in getattr(self.get_doc_before_save(), "fields", None) or ()}
			fields = [field for field in self.fields if field.fieldname not in known]
		for field in fields:
			check_fieldname_conflicts(frappe._dict(fieldname=field.fieldname, parent=None))

	def check_links(self) -> None:
		"""Check the linked documents, once the DocType itself is stored."""
		if not self.is_new():
			validate_links_table_fieldnames(self)

	def validate_default_print_format(self) -> None:
		"""A standard DocType's file cannot know the site's print formats."""
		if self.default_print_format and not self.custom:
			frappe.throw(_("Standard DocType cannot have default print format, use Customize Form"))

	def on_update(self) -> None:
		self.clear_caches()
		self.sync_table()
		files.write(self)
		self.run_module_method("on_doctype_update")
		self.delete_duplicate_custom_fields()
		self.make_module_and_roles()

	def clear_caches(self) -> None:
		"""Let every process read this DocType anew."""
		frappe.clear_cache(doctype=self.name)
		for doctype in standard_fields.parents_of(self.name) if self.istable else ():
			frappe.clear_cache(doctype=doctype)

	def sync_table(self) -> None:
		"""Let the table follow; a Single without a table keeps its values."""
		if self.is_virtual or self.issingle:
			return
		frappe.db.updatedb(self.name)

	def run_module_method(self, method: str) -> None:
		"""Call a function of the controller's module, if it has it."""
		from frappe.modules.utils import load_doctype_module

		if self.custom:
			return
		try:
			module = load_doctype_module(self.name, self.module)
		except ImportError:
			return
		if hasattr(module, method):
			getattr(module, method)()

	def delete_duplicate_custom_fields(self) -> None:
		"""A custom field that has become a standard one goes; its column and values stay."""
		if not frappe.db.table_exists("Custom Field"):
			return
		names = [field.fieldname for field in self.fields]
		if names:
			frappe.db.delete("Custom Field", {"dt": self.name, "fieldname": ("in", names)})

	def make_module_and_roles(self) -> None:
		"""Insert the roles that the permission rows name and that do not exist."""
		from frappe.utils.install import make_roles

		make_roles(row.role for row in self.permissions)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		"""Refuse what would lose data or leave files behind."""
		if frappe.session.user != "Administrator":
			frappe.throw(_("DocType can only be renamed by Administrator"))
		self.check_developer_mode()
		check_doctype_name(new)
		if merge:
			frappe.throw(_("DocType can not be merged"))

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		"""Let the files follow; table, rows and links did when the name changed."""
		files.rename(self, old, new)
		frappe.clear_cache()

	def on_trash(self) -> None:
		self.check_deletable()
		delete_customisations(self.name)
		files.remove(self)
		frappe.clear_cache()

	def check_deletable(self) -> None:
		"""Refuse the removal of a standard DocType outside developer mode."""
		flags = frappe.flags
		if (
			self.custom
			or frappe.conf.developer_mode
			or flags.in_patch
			or flags.in_migrate
			or flags.in_uninstall
		):
			return
		if not flags.in_test:
			frappe.throw(_("Standard DocType can not be deleted."))

	def get_permission_log_options(self, event: str | None = None) -> dict[str, Any]:
		"""Return what the permission log keeps of this document."""
		return {"fields": ("permissions",)} if event != "after_delete" else {}


def check_doctype_name(name: str) -> None:
	"""Refuse a name that is no name of a table.

	Raises:
		InvalidNameError: with a sentence saying what is wrong.
	"""
	if len(name) > MAX_NAME_LENGTH:
		message = _("Doctype name is limited to {0} characters ({1})")
		frappe.throw(message.format(MAX_NAME_LENGTH, name), frappe.NameError)
	if name != name.strip():
		frappe.throw(_("DocType's name should not start or end with whitespace"), frappe.NameError)
	if not NAME_PATTERN.match(name):
		frappe.throw(
			_(
				"A DocType's name should start with a letter and can only consist of letters, numbers,"
				" spaces, underscores and hyphens"
			),
			frappe.NameError,
			title=_("Invalid Name"),
		)


def delete_customisations(doctype: str) -> None:
	"""Remove what was made for a DocType: custom fields, scripts, property setters, reports, rights."""
	made_for = {
		"Custom Field": "dt",
		"Client Script": "dt",
		"Property Setter": "doc_type",
		"Report": "ref_doctype",
		"Custom DocPerm": "parent",
		"Server Script": "reference_doctype",
	}
	for other, fieldname in made_for.items():
		frappe.db.delete(other, {fieldname: doctype})
