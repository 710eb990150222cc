from frappe.model.document import Document


class EscalationStep(Document):
	"""One reminder before, or one rung of the ladder after: when, whom, by which channel, how often."""
