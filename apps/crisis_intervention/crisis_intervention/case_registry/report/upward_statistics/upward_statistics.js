frappe.query_reports["Upward Statistics"] = {
	filters: [
		{
			fieldname: "show",
			label: __("Show by"),
			fieldtype: "Select",
			options: ["Grade and level", "Category", "Term"].map((value) => ({ value, label: __(value) })),
			default: "Grade and level",
		},
		{ fieldname: "term", label: __("Term"), fieldtype: "Select", options: [] },
	],

	async onload(report) {
		const { message } = await frappe.call({ method: "crisis_intervention.case_registry.terms.options" })
		const filter = report.get_filter("term")
		filter.df.options = message
		filter.refresh()
		report.set_filter_value("term", message[0].value)
	},
}
