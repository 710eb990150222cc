from frappe.model.document import Document


class DataImport(Document):
	pass
