from frappe.model.document import Document


class ScheduledJobType(Document):
	pass
