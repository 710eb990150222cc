frappe.ui.form.on("Intervention Plan", {
	setup(frm) {
		frm.set_query("student_case", () => ({ filters: { workflow_state: ["!=", "Exited"] } }))
		frm.set_query("responsible", () => ({ filters: { enabled: 1 } }))
		frm.set_query("responsible", "measures", () => ({ filters: { enabled: 1 } }))
		frm.set_query("measure_type", "measures", () => ({ filters: { enabled: 1 } }))
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("The measures that the level requires are filled in when you save."), "blue")
			return
		}
		show_still_to_plan(frm)
		if (frm.doc.status !== "Running") return
		if (frm.doc.pending_level) {
			frm.set_intro(__("The level has risen. Fit the intervention plan to it."), "red")
		}
		if (frm.perm[0].write) offer_steps(frm)
	},
})

function offer_steps(frm) {
	const fit = frm.add_custom_button(__("Fit to the level"), () =>
		frm.call("fit_to_level").then(() => frm.reload_doc()),
	)
	if (frm.doc.pending_level) fit.addClass("btn-primary")
	frm.add_custom_button(__("Add the measures of the phase"), () =>
		frm.call("add_measures_of_phase").then(() => frm.reload_doc()),
	)
	frm.add_custom_button(__("End the plan"), () =>
		frappe.prompt(
			[{ fieldname: "reason", fieldtype: "Small Text", label: __("Written reason"), reqd: 1 }],
			(values) => frm.call("end", values).then(() => frm.reload_doc()),
			__("End the plan"),
		),
	)
}

/** What the level requires and nobody has taken yet, by its place in the table. */
function show_still_to_plan(frm) {
	const missing = (frm.doc.__onload || {}).still_to_plan || []
	const wrapper = frm.fields_dict.still_to_plan.$wrapper
	if (!missing.length) return wrapper.html("")
	const text = __("Required measures that lack a person or a time: {0}", [missing.length])
	wrapper.html(`<p><span class="indicator-pill pill orange">${text}</span></p>`)
}
