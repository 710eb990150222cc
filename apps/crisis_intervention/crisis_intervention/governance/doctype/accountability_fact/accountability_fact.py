from frappe.model.document import Document


class AccountabilityFact(Document):
	"""A line of a duty's log as a fact: step and times, no names and no words."""
