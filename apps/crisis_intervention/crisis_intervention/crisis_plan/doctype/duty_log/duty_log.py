import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.duties.ledger import neutralise


class DutyLog(Document):
	"""A line of the ledger's log: written once by the engine, never changed, never deleted."""

	def before_insert(self) -> None:
		"""Refuse lines that the engine did not write."""
		if not self.flags.from_engine:
			frappe.throw(_("Only the engine writes this log."), frappe.PermissionError)

	def validate(self) -> None:
		"""Refuse changes."""
		if not self.is_new():
			frappe.throw(_("A line of the log cannot be changed."), frappe.PermissionError)
		neutralise(self)

	def on_trash(self) -> None:
		"""Refuse deletion."""
		frappe.throw(_("Nothing of the ledger can be deleted."), frappe.PermissionError)
