from frappe.model.document import Document


class ScreeningScore(Document):
	"""A value of a scale or item."""
