from frappe.model.document import Document


class DashboardChart(Document):
	pass
