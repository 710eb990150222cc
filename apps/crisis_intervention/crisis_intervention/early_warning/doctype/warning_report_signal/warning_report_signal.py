from frappe.model.document import Document


class WarningReportSignal(Document):
	"""A signal ticked on a report."""
