from frappe.model.document import Document


class ModuleDef(Document):
	pass
