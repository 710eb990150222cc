from frappe.model.document import Document


class Translation(Document):
	pass
