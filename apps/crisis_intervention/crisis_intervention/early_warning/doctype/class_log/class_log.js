frappe.ui.form.on("Class Log", {
	setup(frm) {
		frm.set_query("students", () => ({ filters: { school_class: frm.doc.school_class || "" } }))
	},

	refresh(frm) {
		if (frm.is_new()) return crisis_intervention.one_tap.in_form(frm, "school_class")
	},
})
