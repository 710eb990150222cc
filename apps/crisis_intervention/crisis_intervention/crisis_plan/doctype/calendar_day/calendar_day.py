from frappe.model.document import Document


class CalendarDay(Document):
	"""A holiday, a make-up workday (调休) or a vacation, one day or a range."""
