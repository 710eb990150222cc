frappe.ui.form.on("Need To Know Card", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.valid_until) {
			frm.set_value("valid_until", frappe.datetime.add_days(frappe.datetime.get_today(), 90))
		}
	},
})
