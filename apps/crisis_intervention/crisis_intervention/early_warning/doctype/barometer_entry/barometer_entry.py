from frappe.model.document import Document


class BarometerEntry(Document):
	"""One classmate in a barometer, only when there is something to say (art. 22)."""
