from frappe.model.document import Document


class RosterImportProblem(Document):
	"""A row of a sheet that is bad or worth a look."""
