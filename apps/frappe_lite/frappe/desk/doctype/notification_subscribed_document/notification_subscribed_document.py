from frappe.model.document import Document


class NotificationSubscribedDocument(Document):
	pass
