from frappe.model.document import Document


class WorkflowActionPermittedRole(Document):
	pass
