from frappe.model.document import Document


class SafetyPlanReview(Document):
	"""One look at a safety plan."""
