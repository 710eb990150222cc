from frappe.model.document import Document


class CaseFeedbackReceipt(Document):
	"""A person to whom results were fed back, and when they were received."""
