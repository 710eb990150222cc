from frappe.model.document import Document


class CaseLinkedStudent(Document):
	"""Another student who has a part in a case, with the role."""
