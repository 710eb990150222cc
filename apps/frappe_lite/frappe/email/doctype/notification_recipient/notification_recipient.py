from frappe.model.document import Document


class NotificationRecipient(Document):
	pass
