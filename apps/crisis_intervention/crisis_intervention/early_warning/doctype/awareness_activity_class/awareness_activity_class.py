from frappe.model.document import Document


class AwarenessActivityClass(Document):
	"""A class that an activity was held for."""
