from frappe.model.document import Document


class WorkflowState(Document):
	pass
