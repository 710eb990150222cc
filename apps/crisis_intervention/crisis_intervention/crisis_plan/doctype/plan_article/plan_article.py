from frappe.model.document import Document


class PlanArticle(Document):
	"""One article of the plan: number, chapter, our own summary, room for the text the school adopted."""
