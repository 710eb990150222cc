from frappe.model.document import Document


class InstalledApplication(Document):
	pass
