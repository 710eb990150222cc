from frappe.model.document import Document


class WorkflowAction(Document):
	pass
