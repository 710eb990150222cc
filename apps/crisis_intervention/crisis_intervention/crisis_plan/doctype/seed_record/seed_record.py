from frappe.model.document import Document


class SeedRecord(Document):
	"""What the app brought along: the hash it shipped, and whether an admin changed or deleted the record."""
