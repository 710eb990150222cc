from frappe.model.document import Document


class WorkflowActionMaster(Document):
	pass
