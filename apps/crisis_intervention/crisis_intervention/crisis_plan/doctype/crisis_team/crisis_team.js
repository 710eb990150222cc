frappe.ui.form.on("Crisis Team", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.enabled || !frm.doc.__onload?.may_check) return
		frm.add_custom_button(__("The team was checked"), () =>
			frm.call("check").then(() => {
				frappe.show_alert({ message: __("The check is recorded."), indicator: "green" })
				frm.reload_doc()
			}),
		)
	},
})
