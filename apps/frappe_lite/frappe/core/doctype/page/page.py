from frappe.model.document import Document


class Page(Document):
	pass
