from frappe.model.document import Document


class ReportColumn(Document):
	pass
