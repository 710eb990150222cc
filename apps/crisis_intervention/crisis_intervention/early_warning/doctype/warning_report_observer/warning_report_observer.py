import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.records.lasting import Lasting


class WarningReportObserver(Lasting, ReadLogged, Document):
	"""Who filed a report."""

	def validate(self):
		self.keep()
		self.owner = self.modified_by = NEUTRAL_OWNER

	def keep(self):
		"""Written once, with the report; nothing in it changes."""
		if not self.is_new():
			frappe.throw(_("Who reported is not changed afterwards."))
