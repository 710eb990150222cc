const SECTIONS = [
	"warning_signs",
	"own_coping",
	"people_and_places",
	"people_to_ask",
	"professionals",
	"safer_surroundings",
]

frappe.ui.form.on("Safety Plan", {
	setup(frm) {
		frm.set_query("student_case", () => ({ filters: { workflow_state: ["!=", "Exited"] } }))
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.professionals) fill_help_lines(frm)
	},

	refresh(frm) {
		if (frm.is_new()) return
		if (frm.doc.status === "Replaced") {
			frm.set_intro(__("A newer version has taken the place of this one."), "orange")
			return
		}
		if (!frm.perm[0].write) return
		frm.add_custom_button(__("Student's copy"), () => print_copy(frm))
		frm.add_custom_button(__("Looked at together"), () => ask_for_review(frm))
		frm.add_custom_button(__("New version"), () => new_version(frm))
	},
})

async function fill_help_lines(frm) {
	const { message } = await frappe.call({
		method: "crisis_intervention.case_registry.doctype.safety_plan.safety_plan.help_lines",
	})
	if (frm.is_new() && !frm.doc.professionals) frm.set_value("professionals", message)
}

/** The copy is noted when it is printed; it carries neither name nor code. */
async function print_copy(frm) {
	const query = new URLSearchParams({
		doctype: frm.doctype,
		name: frm.doc.name,
		format: "Safety Plan Student Copy",
		no_letterhead: 1,
		trigger_print: 1,
	})
	window.open(`/printview?${query}`)
	await frm.call("give_copy")
	frm.reload_doc()
}

function ask_for_review(frm) {
	const fields = [
		{ fieldname: "still_fits", fieldtype: "Check", label: __("Still fits"), default: 1 },
		{ fieldname: "note", fieldtype: "Small Text", label: __("Note") },
		{ fieldname: "review_on", fieldtype: "Date", label: __("Look at it again on") },
	]
	frappe.prompt(
		fields,
		(values) => frm.call("record_review", values).then(() => frm.reload_doc()),
		__("Looked at together"),
	)
}

/** A new version begins with what the current one says. */
function new_version(frm) {
	const values = { student_case: frm.doc.student_case, made_with: frm.doc.made_with }
	for (const fieldname of SECTIONS) values[fieldname] = frm.doc[fieldname]
	frappe.new_doc("Safety Plan", values)
}
