from frappe.model.document import Document


class CustomizeFormField(Document):
	pass
