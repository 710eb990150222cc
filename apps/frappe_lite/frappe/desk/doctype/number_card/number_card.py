from frappe.model.document import Document


class NumberCard(Document):
	pass
