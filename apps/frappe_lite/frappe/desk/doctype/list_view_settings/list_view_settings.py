from frappe.model.document import Document


class ListViewSettings(Document):
	pass
