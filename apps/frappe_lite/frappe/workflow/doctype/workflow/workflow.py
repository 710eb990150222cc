from frappe.model.document import Document


class Workflow(Document):
	pass
