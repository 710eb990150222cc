from frappe.model.document import Document


class PropertySetter(Document):
	pass
