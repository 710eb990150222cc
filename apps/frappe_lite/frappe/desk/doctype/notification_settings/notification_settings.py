from frappe.model.document import Document


class NotificationSettings(Document):
	pass
