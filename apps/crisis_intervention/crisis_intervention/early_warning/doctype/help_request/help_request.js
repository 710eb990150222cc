frappe.ui.form.on("Help Request", {
	setup(frm) {
		const same_student = () => ({ filters: { student: frm.doc.student || "" } })
		frm.set_query("warning_report", same_student)
		frm.set_query("risk_assessment", same_student)
	},

	refresh(frm) {
		if (frm.is_new()) return
		const waiting = frm.doc.status === "New" && frm.doc.urgent
		frm.set_intro(waiting ? __("In danger now: find out who it is and go there.") : "", "red")
		if (frm.doc.status === "New")
			frm.add_custom_button(__("I reached the student"), () =>
				save_first(frm, () => frm.call("mark_contacted")),
			).addClass?.("btn-primary")
		if (frm.doc.status !== "Closed") frm.add_custom_button(__("Close request"), () => close(frm))
		if (frm.doc.student) offer_next(frm)
	},
})

function save_first(frm, action) {
	const saved = frm.is_dirty() ? frm.save() : Promise.resolve()
	return saved.then(action).then(() => frm.reload_doc())
}

function close(frm) {
	const options = frm.fields_dict.outcome.df.options.split("\n").filter(Boolean)
	const fields = [
		{
			fieldname: "outcome",
			fieldtype: "Select",
			label: __("What came of it"),
			options: options.map((value) => ({ value, label: __(value) })),
			reqd: 1,
			default: frm.doc.outcome,
		},
		{ fieldname: "outcome_note", fieldtype: "Small Text", label: __("Note"), default: frm.doc.outcome_note },
	]
	frappe.prompt(fields, (values) => save_first(frm, () => frm.call("close_request", values)), __("Close request"))
}

function offer_next(frm) {
	const student = frm.doc.student
	if (frappe.model.can_create("Risk Assessment"))
		frm.add_custom_button(__("Assess a student"), () => frappe.new_doc("Risk Assessment", { student }))
	if (frappe.model.can_create("Warning Report"))
		frm.add_custom_button(__("Report a warning"), () => frappe.new_doc("Warning Report", { student }))
}
