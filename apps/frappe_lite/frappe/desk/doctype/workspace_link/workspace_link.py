from frappe.model.document import Document


class WorkspaceLink(Document):
	pass
