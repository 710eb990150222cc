frappe.ui.form.on("Student Case", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.workflow_state === "Exited") return
		if (frm.perm[0].write) {
			frm.add_custom_button(__("Change the level"), () => ask_for_level(frm))
		}
		const waiting = (frm.doc.level_history || []).find((row) => row.state === "Proposed")
		if (waiting && waiting.decided_by !== frappe.session.user) offer_second_decision(frm, waiting)
	},
})

function ask_for_level(frm) {
	const fields = [
		{ fieldname: "level", fieldtype: "Link", options: "Risk Level", label: __("Level"), reqd: 1 },
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
	]
	frappe.prompt(
		fields,
		(values) => frm.call("change_level", values).then(() => frm.reload_doc()),
		__("Change the level"),
	)
}

/** Lowering a level needs a second person with a reason of his own. */
function offer_second_decision(frm, row) {
	frm.set_intro(__("A lower level is proposed and waits for a second person."), "orange")
	for (const [label, agrees] of [[__("Confirm the lower level"), 1], [__("Refuse the lower level"), 0]]) {
		frm.add_custom_button(label, () =>
			frappe.prompt(
				[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
				({ reason }) =>
					frm
						.call("second_level_change", { row: row.name, agrees, reason })
						.then(() => frm.reload_doc()),
				label,
			),
		)
	}
}
