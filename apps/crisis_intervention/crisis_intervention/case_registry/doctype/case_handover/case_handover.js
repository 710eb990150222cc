frappe.ui.form.on("Case Handover", {
	setup(frm) {
		frm.set_query("student_case", () => ({ filters: { workflow_state: ["!=", "Exited"] } }))
		frm.set_query("to_user", () => ({ filters: { enabled: 1 } }))
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.state !== "Offered") return
		if (frm.doc.to_user === frappe.session.user) {
			offer_answer(frm)
			return
		}
		frm.set_intro(__("Nothing changes until the person named accepts."), "blue")
		if (frm.doc.proposed_by === frappe.session.user) {
			frm.add_custom_button(__("Withdraw"), () => ask(frm, "withdraw", __("Withdraw")))
		}
	},
})

function offer_answer(frm) {
	frm.set_intro(__("You are asked to take this case. Its open duties come with it."), "orange")
	frm.add_custom_button(__("Accept"), () => frm.call("accept").then(() => frm.reload_doc())).addClass(
		"btn-primary",
	)
	frm.add_custom_button(__("Decline"), () => ask(frm, "decline", __("Decline")))
}

function ask(frm, method, label) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		(values) => frm.call(method, values).then(() => frm.reload_doc()),
		label,
	)
}
