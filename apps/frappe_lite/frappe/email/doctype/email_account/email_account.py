from frappe.model.document import Document


class EmailAccount(Document):
	pass
