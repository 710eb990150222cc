frappe.query_reports["On-call Contact List"] = {
	filters: [
		{
			fieldname: "at",
			label: __("At"),
			fieldtype: "Datetime",
			default: frappe.datetime.now_datetime(),
			reqd: 1,
		},
	],
}
