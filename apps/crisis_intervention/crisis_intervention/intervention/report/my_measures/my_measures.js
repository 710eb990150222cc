frappe.query_reports["My Measures"] = {
	filters: [{ fieldname: "with_closed", label: __("With those that are closed"), fieldtype: "Check" }],

	onload(report) {
		report.page.wrapper.on("click", "[data-measure]", (event) => {
			const row = report.data.find((line) => line.name === event.currentTarget.dataset.measure)
			if (row) ask_how_it_went(report, row)
		})
	},

	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname !== "mark" || !data || ["Done", "Not Done"].includes(data.state)) {
			return default_formatter(value, row, column, data)
		}
		const name = frappe.utils.escape_html(data.name)
		return `<button type="button" class="btn btn-default btn-xs" data-measure="${name}">${__("Mark")}</button>`
	},
}

function ask_how_it_went(report, row) {
	const states = ["Under Way", "Done", "Not Done"]
	const fields = [
		{
			fieldname: "state",
			fieldtype: "Select",
			label: __("State"),
			options: states.map((value) => ({ value, label: __(value) })),
			default: "Done",
			reqd: 1,
		},
		{
			fieldname: "done_at",
			fieldtype: "Datetime",
			label: __("Done at"),
			default: frappe.datetime.now_datetime(),
			depends_on: "eval:doc.state=='Done'",
		},
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("Why it is not done"),
			depends_on: "eval:doc.state=='Not Done'",
			mandatory_depends_on: "eval:doc.state=='Not Done'",
		},
		{ fieldname: "remark", fieldtype: "Small Text", label: __("Note"), default: row.note },
	]
	frappe.prompt(
		fields,
		(values) =>
			frappe
				.call({
					method: "crisis_intervention.intervention.plans.mark_measure",
					type: "POST",
					args: { row: row.name, ...values },
				})
				.then(() => report.refresh()),
		row.label,
	)
}
