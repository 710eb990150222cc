from frappe.model.document import Document


class CommunicationLink(Document):
	pass
