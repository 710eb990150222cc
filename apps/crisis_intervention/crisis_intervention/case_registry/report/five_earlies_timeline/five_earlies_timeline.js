frappe.query_reports["Five Earlies Timeline"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("Discovered from"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -6),
		},
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{ fieldname: "level", label: __("Level"), fieldtype: "Link", options: "Risk Level" },
	],
}
