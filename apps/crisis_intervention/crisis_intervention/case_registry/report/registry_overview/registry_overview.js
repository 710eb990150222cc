frappe.query_reports["Registry Overview"] = {
	filters: [
		{
			fieldname: "group_by",
			label: __("Show by"),
			fieldtype: "Select",
			options: ["Level", "Grade", "Class"].map((value) => ({ value, label: __(value) })),
			default: "Level",
		},
		{ fieldname: "weeks", label: __("Weeks of the trend"), fieldtype: "Int", default: 12 },
	],
}
