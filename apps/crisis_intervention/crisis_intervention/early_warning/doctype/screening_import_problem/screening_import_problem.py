from frappe.model.document import Document


class ScreeningImportProblem(Document):
	"""A bad row of a sheet."""
