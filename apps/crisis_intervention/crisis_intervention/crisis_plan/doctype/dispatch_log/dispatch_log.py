import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.doctype.duty.duty import new_code
from crisis_intervention.crisis_plan.duties.ledger import neutralise


class DispatchLog(Document):
	"""Who was told what, by which channel; its code is all that a mail link shows of it."""

	def autoname(self) -> None:
		"""Give an opaque code."""
		self.name = new_code("M")

	def before_insert(self) -> None:
		"""Refuse records that the dispatcher did not write."""
		if not self.flags.from_engine:
			frappe.throw(_("Only the engine writes this log."), frappe.PermissionError)

	def validate(self) -> None:
		"""Refuse edits; the sending job changes the status only."""
		if not self.is_new():
			frappe.throw(_("A line of the log cannot be changed."), frappe.PermissionError)
		neutralise(self)

	def on_trash(self) -> None:
		"""Refuse deletion."""
		frappe.throw(_("Nothing of the ledger can be deleted."), frappe.PermissionError)
