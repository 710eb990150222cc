from frappe.model.document import Document


class LevelChange(Document):
	"""A change of level of a case with reason and persons; lowering waits for a second person."""
