from frappe.model.document import Document


class InterventionMeasure(Document):
	"""One measure of an intervention plan; the rules stand in `intervention/measures.py`."""
