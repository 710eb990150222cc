from frappe.model.document import Document


class SchoolClassMonitor(Document):
	"""A psychology monitor (心理委员) of a class with the dates of the appointment (art. 9 and 26)."""
