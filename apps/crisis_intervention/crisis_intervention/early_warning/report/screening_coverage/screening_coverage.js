frappe.query_reports["Screening Coverage"] = {
	filters: [
		{
			fieldname: "campaign",
			label: __("Screening Campaign"),
			fieldtype: "Link",
			options: "Screening Campaign",
			reqd: 1,
		},
		{ fieldname: "names", label: __("Name who is missing"), fieldtype: "Check", default: 0 },
	],
}
