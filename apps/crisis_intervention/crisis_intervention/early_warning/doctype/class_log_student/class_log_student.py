from frappe.model.document import Document


class ClassLogStudent(Document):
	"""A student whom an entry of the class log is about (art. 26)."""
