from frappe.model.document import Document


class CrisisUnit(Document):
	"""One function of the plan and the unit of this school that fills it."""
