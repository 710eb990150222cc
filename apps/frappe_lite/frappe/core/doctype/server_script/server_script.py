from frappe.model.document import Document


class ServerScript(Document):
	pass
