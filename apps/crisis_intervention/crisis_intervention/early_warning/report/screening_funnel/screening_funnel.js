frappe.query_reports["Screening Funnel"] = {
	filters: [
		{
			fieldname: "campaign",
			label: __("Screening Campaign"),
			fieldtype: "Link",
			options: "Screening Campaign",
			reqd: 1,
		},
	],
}
