from frappe.model.document import Document


class RolloverClass(Document):
	"""What becomes of a class at the step into the next school year."""
