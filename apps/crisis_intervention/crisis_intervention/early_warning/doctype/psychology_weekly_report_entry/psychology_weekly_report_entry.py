from frappe.model.document import Document


class PsychologyWeeklyReportEntry(Document):
	"""One student in a psychology teacher's weekly report (art. 12)."""
