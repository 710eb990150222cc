from frappe.model.document import Document


class EmailUnsubscribe(Document):
	pass
