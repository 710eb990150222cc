from frappe.model.document import Document


class WebFormField(Document):
	pass
