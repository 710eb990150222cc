frappe.ui.form.on("Case Feedback", {
	refresh(frm) {
		const mine = (frm.doc.receipts || []).find((row) => row.user === frappe.session.user)
		if (frm.is_new() || !mine || mine.received_at) return
		frm.add_custom_button(__("Confirm receipt"), () =>
			frm.call("confirm_receipt").then(() => frm.reload_doc()),
		)
	},
})
