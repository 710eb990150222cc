from frappe.model.document import Document


class CrisisTeamMember(Document):
	"""A member of the crisis team with function, deputy and dates in force (art. 7)."""
