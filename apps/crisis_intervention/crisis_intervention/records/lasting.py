"""Nothing of a case is deleted."""

from typing import Any

import frappe
from frappe import _


class Lasting:
	"""A record that nobody deletes or renames: corrections with reason take the place of both."""

	def on_trash(self) -> None:
		"""Refuse deletion, by any path and for any user.

		:raises frappe.ValidationError: always
		"""
		frappe.throw(_("Records of a case are not deleted. Correct the record and say why."))

	def before_rename(self, *names: Any, **options: Any) -> None:
		"""Refuse another code: links, mails and the ledger carry it.

		:raises frappe.ValidationError: always
		"""
		frappe.throw(_("The code of a record does not change."))

	def keep_student(self) -> None:
		"""Refuse another student, whatever a site lets be typed: the first one would be without the record.

		:raises frappe.ValidationError: when a stored record names another student than before
		"""
		before = self.get_doc_before_save()
		if before and before.student != self.student:
			frappe.throw(_("A record stays with its student. Make a new one for the other student."))
