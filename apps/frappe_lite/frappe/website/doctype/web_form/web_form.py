from frappe.model.document import Document


class WebForm(Document):
	pass
