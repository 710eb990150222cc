frappe.query_reports["Missing Reports"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -35),
		},
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "kind",
			label: __("Report kind"),
			fieldtype: "Select",
			options: ["", "Class Weekly Report", "Psychology Weekly Report", "Class Barometer", "Class Log"],
		},
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Missing", "Late", "In Time", "Not Due Yet", "Waived"],
		},
		{ fieldname: "school_class", label: __("Class"), fieldtype: "Link", options: "School Class" },
	],

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data)
		return column.fieldname === "status" && data && data.is_missing ? `<strong>${text}</strong>` : text
	},
}
