from frappe.model.document import Document


class WebFormListColumn(Document):
	pass
