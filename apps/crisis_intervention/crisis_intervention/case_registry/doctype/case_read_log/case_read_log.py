import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.records.lasting import Lasting


class CaseReadLog(Lasting, Document):
	"""One reading of a record of a case."""

	def validate(self):
		if not self.is_new():
			frappe.throw(_("The read log is not changed."))
