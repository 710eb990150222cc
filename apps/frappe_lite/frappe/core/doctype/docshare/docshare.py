"""DocShare: a document shared with a user or with everyone."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

RIGHTS = ("read", "write", "share", "submit")


class DocShare(Document):
	"""Rights on one document beside those of roles."""

	def validate(self) -> None:
		"""Check who shares what with whom."""
		self.validate_user()
		self.check_share_permission()
		self.check_submittable()
		self.cascade_permissions()
		self.get_document().run_method("validate_share", self)

	def get_document(self) -> Document:
		"""Return the shared document."""
		return frappe.get_doc(self.share_doctype, self.share_name)

	def validate_user(self) -> None:
		"""Everyone has no name, anybody else one."""
		if cint(self.everyone):
			self.user = None
		elif not self.user:
			frappe.throw(_("User is mandatory for Share"), frappe.MandatoryError)

	def check_share_permission(self) -> None:
		"""Refuse to share what the current user may not share.

		Raises:
			PermissionError: he lacks the right.
		"""
		if self.flags.ignore_share_permission:
			return
		if not frappe.has_permission(self.share_doctype, "share", doc=self.get_document()):
			frappe.throw(_('You need to have "Share" permission'), frappe.PermissionError)

	def check_submittable(self) -> None:
		"""Refuse the right to submit where nothing is submitted."""
		if self.submit and not frappe.get_meta(self.share_doctype).is_submittable:
			frappe.throw(
				_("Cannot share {0} with submit permission as the doctype {1} is not submittable").format(
					frappe.bold(self.share_name), frappe.bold(self.share_doctype)
				)
			)

	def cascade_permissions(self) -> None:
		"""Every other right includes reading."""
		if self.share or self.write or self.submit:
			self.read = 1

	def after_insert(self) -> None:
		"""Note the share in the document's history."""
		document = self.get_document()
		who = _("everyone") if cint(self.everyone) else self.user
		document.add_comment(
			"Shared", _("{0} shared this document with {1}").format(frappe.session.user, who)
		)

	def on_trash(self) -> None:
		"""Check and note the end of the share."""
		if not self.flags.ignore_share_permission:
			self.check_share_permission()
		if self.share_doctype and frappe.db.exists(self.share_doctype, self.share_name):
			who = _("everyone") if cint(self.everyone) else self.user
			text = _("{0} un-shared this document with {1}").format(frappe.session.user, who)
			self.get_document().add_comment("Unshared", text)
