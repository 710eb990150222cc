from frappe.model.document import Document


class PreparedReport(Document):
	pass
