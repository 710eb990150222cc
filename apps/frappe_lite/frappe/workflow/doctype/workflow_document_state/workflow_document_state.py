from frappe.model.document import Document


class WorkflowDocumentState(Document):
	pass
