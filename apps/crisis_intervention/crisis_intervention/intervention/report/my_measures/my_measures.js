frappe.query_reports["My Measures"] = {
	filters: [{ fieldname: "with_closed", label: __("With those that are closed"), fieldtype: "Check" }],

	onload(report) {
		report.page.add_inner_button(__("Mark a measure"), () => ask_how_it_went(report))
	},
}

/** Measures that are open and mine, by what is done, for whom and by when. */
function open_measures(report) {
	const rows = (report.data || []).filter((row) => ["Planned", "Under Way"].includes(row.state))
	return rows.map((row) => ({
		value: row.name,
		label: [row.label, row.student, row.due_at].filter(Boolean).join(" · "),
	}))
}

function ask_how_it_went(report) {
	const measures = open_measures(report)
	if (!measures.length) {
		frappe.msgprint(__("No measure waits for you."))
		return
	}
	const states = ["Under Way", "Done", "Not Done"]
	const fields = [
		{
			fieldname: "row",
			fieldtype: "Select",
			label: __("Measure"),
			options: measures,
			default: measures[0].value,
			reqd: 1,
		},
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
			description: __("When it was done, not when it is entered."),
			depends_on: "eval:doc.state=='Done'",
		},
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("Why it is not done"),
			depends_on: "eval:doc.state=='Not Done'",
			mandatory_depends_on: "eval:doc.state=='Not Done'",
		},
		{ fieldname: "remark", fieldtype: "Small Text", label: __("Note") },
	]
	frappe.prompt(fields, (values) => mark(report, values), __("Mark a measure"))
}

function mark(report, values) {
	const method = "crisis_intervention.intervention.plans.mark_measure"
	return frappe.call({ method, type: "POST", args: values }).then(() => report.refresh())
}
