from frappe.model.document import Document


class Dashboard(Document):
	pass
