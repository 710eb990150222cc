from frappe.model.document import Document


class ListFilter(Document):
	pass
