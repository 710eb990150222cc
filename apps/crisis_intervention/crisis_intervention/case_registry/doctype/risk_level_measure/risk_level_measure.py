from frappe.model.document import Document


class RiskLevelMeasure(Document):
	"""A measure that a level of response requires."""
