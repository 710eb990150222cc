from frappe.model.document import Document


class DashboardChartLink(Document):
	pass
