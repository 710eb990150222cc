frappe.query_reports["Counsellor Load"] = {
	filters: [],
}
