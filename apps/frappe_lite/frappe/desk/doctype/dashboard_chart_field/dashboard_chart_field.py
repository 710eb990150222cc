from frappe.model.document import Document


class DashboardChartField(Document):
	pass
