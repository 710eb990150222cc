from frappe.model.document import Document


class GuardianContactAttempt(Document):
	"""One attempt to reach a guardian."""
