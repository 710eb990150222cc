from frappe.model.document import Document


class LetterHead(Document):
	pass
