frappe.query_reports["Duty Compliance by Article"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -6),
		},
		{
			fieldname: "to_date",
			label: __("To"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "article", label: __("Article"), fieldtype: "Int" },
	],
	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (column.fieldname !== "article" || !data) {
			return text;
		}
		return `<a href="#" data-article="${data.article}">${text}</a>`;
	},
	onload(report) {
		report.page.main.on("click", "a[data-article]", (event) => {
			event.preventDefault();
			frappe.set_route("List", "Duty", { article: event.currentTarget.dataset.article });
		});
	},
};
