from frappe.model.document import Document


class ClientScript(Document):
	pass
