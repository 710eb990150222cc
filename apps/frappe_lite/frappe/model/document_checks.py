"""Checks of a whole document before it is written: status, mandatory fields, links, workflow."""

from __future__ import annotations

import frappe
from frappe.model import optional_fields

_DRAFT_MOVES = {0: ("save", None), 1: ("submit", "submit")}
_SUBMITTED_MOVES = {1: ("update_after_submit", "submit"), 2: ("cancel", "cancel")}


def _same_moment(stored: object, seen: object) -> bool:
	"""Compare as times where both are: a time on the full second has two spellings."""
	if stored and seen:
		return frappe.utils.get_datetime(stored) == frappe.utils.get_datetime(seen)
	return frappe.utils.cstr(stored) == frappe.utils.cstr(seen)


class DocumentChecks:
	"""What Document refuses to save."""

	def check_if_latest(self) -> None:
		"""Load what the database holds, refuse a document that was saved meanwhile, and find the action.

		Raises:
			TimestampMismatchError: the document was changed after it was read.
			DocstatusTransitionError: the status may not change like this.
		"""
		self.load_doc_before_save(raise_exception=True)
		self._action = "save"
		previous = self._doc_before_save
		if not previous or self.meta.is_virtual:
			self.check_docstatus_transition(0)
			return
		if not _same_moment(previous.modified, self._original_modified):
			frappe.msgprint(
				frappe._("Error: Document has been modified after you have opened it")
				+ f" ({previous.modified}, {self.modified}). "
				+ frappe._("Please refresh to get the latest document."),
				raise_exception=frappe.TimestampMismatchError,
			)
		if not self.meta.issingle:
			self.check_docstatus_transition(previous.docstatus)

	def check_docstatus_transition(self, to_docstatus: int) -> None:
		"""Find what a save does from the stored and the new status.

		Args:
			to_docstatus: the stored status.

		Raises:
			DocstatusTransitionError, ValidationError: no save leads from one to the other.
		"""
		new = self.docstatus
		if to_docstatus == 2:
			raise frappe.ValidationError(frappe._("Cannot edit cancelled document"))
		if new not in (0, 1, 2):
			raise frappe.ValidationError(frappe._("Invalid docstatus"), new)
		move = (_SUBMITTED_MOVES if to_docstatus == 1 else _DRAFT_MOVES).get(int(new))
		if move is None:
			self._refuse_transition(to_docstatus)
		self._action, right = move
		if right:
			self.check_permission(right)

	def _refuse_transition(self, stored: int) -> None:
		if stored == 1:
			message = frappe._("Cannot change docstatus from 1 (Submitted) to 0 (Draft)")
		else:
			message = frappe._("Cannot change docstatus from 0 (Draft) to 2 (Cancelled)")
		raise frappe.DocstatusTransitionError(message)

	def _validate(self) -> None:
		self._validate_mandatory()
		for part in (self, *self.get_all_children()):
			part._validate_values()
		self.validate_workflow()
		if self.is_new():
			for fieldname in optional_fields:
				self.__dict__[fieldname] = None
		else:
			self.validate_set_only_once()

	def _validate_values(self) -> None:
		self._validate_data_fields()
		self._validate_selects()
		self._validate_typed_values()
		self._validate_non_negative()
		self._validate_length()
		self._fix_rating_value()
		self._validate_code_fields()
		self._sync_autoname_field()
		self._sanitize_content()
		self._save_passwords()

	def _validate_mandatory(self) -> None:
		if self.flags.ignore_mandatory:
			return
		missing = self._get_missing_mandatory_fields()
		for row in self.get_all_children():
			missing += row._get_missing_mandatory_fields()
		if not missing:
			return
		for _fieldname, message in missing:
			frappe.msgprint(message)
		fields = ", ".join(str(fieldname) for fieldname, _message in missing)
		raise frappe.MandatoryError(f"[{self.doctype}, {self.name}]: {fields}")

	def _validate_links(self) -> None:
		if self.flags.ignore_links or frappe.flags.ignore_links or self._action == "cancel":
			return
		invalid, cancelled = self.get_invalid_links()
		for row in self.get_all_children():
			row_invalid, row_cancelled = row.get_invalid_links(is_submittable=self.meta.is_submittable)
			invalid += row_invalid
			cancelled += row_cancelled
		if invalid:
			names = ", ".join(each[2] for each in invalid)
			frappe.throw(frappe._("Could not find {0}").format(names), frappe.LinkValidationError)
		if cancelled:
			names = ", ".join(each[2] for each in cancelled)
			frappe.throw(
				frappe._("Cannot link cancelled document: {0}").format(names), frappe.CancelledLinkError
			)

	def validate_workflow(self) -> None:
		"""Refuse a change of the workflow state that no transition allows."""
		if frappe.flags.in_install == "frappe":
			return
		workflow = self.meta.get_workflow()
		if not workflow:
			return
		from frappe.model.workflow import set_workflow_state_on_action, validate_workflow

		validate_workflow(self)
		if self._action != "save":
			set_workflow_state_on_action(self, workflow, self._action)
