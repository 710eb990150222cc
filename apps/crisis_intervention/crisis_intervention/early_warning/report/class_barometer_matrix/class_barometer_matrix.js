frappe.query_reports["Class Barometer Matrix"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -90),
		},
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "by",
			label: __("Columns"),
			fieldtype: "Select",
			options: ["Half-monthly", "Weekly"],
			default: "Half-monthly",
		},
		{ fieldname: "only_always_calm", label: __("Only always calm classes"), fieldtype: "Check" },
	],
}
