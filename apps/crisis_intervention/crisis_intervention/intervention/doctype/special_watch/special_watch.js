frappe.ui.form.on("Special Watch", {
	setup(frm) {
		frm.set_query("observer", () => ({ filters: { enabled: 1 } }))
		frm.set_query("warning_report", () => ({ filters: { student: frm.doc.student } }))
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.observer) frm.set_value("observer", frappe.session.user)
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status !== "Running") return
		frm.set_intro(__("The student is not left alone for a minute until responsibility is handed over."), "red")
		if (frm.perm[0].write) {
			frm.add_custom_button(__("Somebody takes over"), () => ask_for_relief(frm)).addClass("btn-primary")
		}
		offer_end(frm)
	},
})

function ask_for_relief(frm) {
	const me = frappe.session.user
	const fields = [
		{
			fieldname: "observer",
			fieldtype: "Link",
			options: "User",
			label: __("With the student now"),
			default: frm.doc.observer === me ? "" : me,
			reqd: 1,
		},
		{ fieldname: "place", fieldtype: "Data", label: __("Where"), default: frm.doc.place },
	]
	frappe.prompt(
		fields,
		(values) => frm.call("relieve", values).then(() => frm.reload_doc()),
		__("Somebody takes over"),
	)
}

/** The end needs the team leader and a second person; until then the watch goes on. */
function offer_end(frm) {
	if (!frm.doc.end_proposed_by) {
		if (!frappe.user.has_role("Crisis Team Leader")) return
		frm.add_custom_button(__("Propose the end"), () => ask_for_end(frm))
	} else if (frm.doc.end_proposed_by !== frappe.session.user) {
		frm.add_custom_button(__("Confirm the end"), () => second(frm, 1, __("Confirm the end")))
		frm.add_custom_button(__("The watch goes on"), () => second(frm, 0, __("The watch goes on")))
	}
}

function ask_for_end(frm) {
	const grounds = ["Handed to Guardian", "Handed to Hospital", "Handed to Police", "Danger Over"]
	const fields = [
		{
			fieldname: "ground",
			fieldtype: "Select",
			label: __("How it ended"),
			options: grounds.map((value) => ({ value, label: __(value) })),
			reqd: 1,
		},
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Written reason"), reqd: 1 },
	]
	frappe.prompt(
		fields,
		(values) => frm.call("propose_end", values).then(() => frm.reload_doc()),
		__("Propose the end"),
	)
}

function second(frm, agrees, label) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		({ reason }) => frm.call("second_end", { agrees, reason }).then(() => frm.reload_doc()),
		label,
	)
}
