from frappe.model.document import Document


class NumberCardLink(Document):
	pass
