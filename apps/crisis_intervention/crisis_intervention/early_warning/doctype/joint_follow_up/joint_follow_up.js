frappe.ui.form.on("Joint Follow Up", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.talked_at) return
		frm.add_custom_button(__("We talked"), () => {
			frm.set_value("talked_at", frappe.datetime.now_datetime())
			frm.save()
		})
	},
})
