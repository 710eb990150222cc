from frappe.model.document import Document


class Notification(Document):
	pass
