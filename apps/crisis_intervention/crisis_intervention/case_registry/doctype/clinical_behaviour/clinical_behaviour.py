from frappe.model.document import Document


class ClinicalBehaviour(Document):
	"""A dated behaviour noted in an assessment."""
