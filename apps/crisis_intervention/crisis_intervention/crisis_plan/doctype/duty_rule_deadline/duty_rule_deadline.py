from frappe.model.document import Document


class DutyRuleDeadline(Document):
	"""The due time of a rule for one urgency or one level."""
