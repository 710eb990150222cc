from frappe.model.document import Document


class AccountabilityStep(Document):
	"""A step of an accountability record: who did what when; its own log in place of the host's history."""
