from frappe.model.document import Document


class ConcernCategoryItem(Document):
	"""A category ticked on a report or a case."""
