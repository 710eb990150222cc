from frappe.model.document import Document


class StudentContactPerson(Document):
	"""A person to be told about a student: relation, custody, order, when reachable (art. 4)."""
