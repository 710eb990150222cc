from frappe.model.document import Document


class NotificationLog(Document):
	pass
