frappe.ui.form.on("Barometer Review", {
	refresh(frm) {
		if (frm.is_new()) return
		frm.add_custom_button(__("Open the barometer"), () =>
			frappe.set_route("Form", "Class Barometer", frm.doc.class_barometer),
		)
		frm.toggle_enable(["outcome", "note"], !frm.doc.reviewed_at)
	},
})
