from frappe.model.document import Document


class ClassWeeklyReportEntry(Document):
	"""One student of note in a class teacher's weekly report (art. 12)."""
