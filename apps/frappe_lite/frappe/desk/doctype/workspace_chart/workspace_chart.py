from frappe.model.document import Document


class WorkspaceChart(Document):
	pass
