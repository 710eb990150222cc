from frappe.model.document import Document


class WorkflowTransition(Document):
	pass
