from frappe.model.document import Document


class NeedToKnowReader(Document):
	"""A person who may read a need-to-know card."""
