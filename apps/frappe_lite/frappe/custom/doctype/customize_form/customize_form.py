from frappe.model.document import Document


class CustomizeForm(Document):
	pass
