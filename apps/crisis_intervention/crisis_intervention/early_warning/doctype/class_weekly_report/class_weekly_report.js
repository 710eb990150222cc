frappe.ui.form.on("Class Weekly Report", {
	setup(frm) {
		frm.set_query("student", "entries", () => ({ filters: { school_class: frm.doc.school_class || "" } }))
	},

	refresh(frm) {
		if (frm.is_new()) return crisis_intervention.one_tap.in_form(frm, "school_class")
		offer_receipt(frm)
	},
})

function offer_receipt(frm) {
	if (frm.doc.acknowledged_at || !frappe.user.has_role("Crisis Team Leader")) return
	frm.add_custom_button(__("I have read it"), () => frm.call("mark_read").then(() => frm.reload_doc()))
}
