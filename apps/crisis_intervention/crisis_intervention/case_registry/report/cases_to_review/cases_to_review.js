frappe.query_reports["Cases to Review"] = {
	filters: [
		{ fieldname: "owner_user", label: __("Case owner"), fieldtype: "Link", options: "User" },
		{ fieldname: "only_due", label: __("Overdue or not reviewed this term"), fieldtype: "Check" },
	],
}
