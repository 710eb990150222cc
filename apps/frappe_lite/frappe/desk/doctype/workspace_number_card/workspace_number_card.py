from frappe.model.document import Document


class WorkspaceNumberCard(Document):
	pass
