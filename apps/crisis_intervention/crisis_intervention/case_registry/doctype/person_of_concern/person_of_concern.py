from frappe.model.document import Document


class PersonOfConcern(Document):
	"""A person who must not hear of a student's matters, as somebody suspected of harming the student."""
