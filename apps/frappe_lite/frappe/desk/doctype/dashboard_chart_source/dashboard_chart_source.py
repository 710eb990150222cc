from frappe.model.document import Document


class DashboardChartSource(Document):
	pass
