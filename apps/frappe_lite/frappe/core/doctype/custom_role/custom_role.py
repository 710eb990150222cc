from frappe.model.document import Document


class CustomRole(Document):
	pass
