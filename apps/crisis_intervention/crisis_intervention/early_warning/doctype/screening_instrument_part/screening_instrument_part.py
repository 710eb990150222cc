from frappe.model.document import Document


class ScreeningInstrumentPart(Document):
	"""A scale or item of an instrument."""
