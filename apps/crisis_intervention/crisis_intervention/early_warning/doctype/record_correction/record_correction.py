from frappe.model.document import Document


class RecordCorrection(Document):
	"""A correction of a record: what it said before, what it says now, why, by whom, when."""
