frappe.ui.form.on("Screening Result", {
	setup(frm) {
		frm.set_query("campaign", () => ({ filters: { status: "Running" } }))
	},

	refresh(frm) {
		if (frm.is_new()) return
		const open = frm.doc.critical_item && !frm.doc.review_outcome
		frm.set_intro(open ? __("A critical item: talk with the student in person within a day.") : "", "orange")
		if (frappe.model.can_create("Risk Assessment"))
			frm.add_custom_button(__("Assess a student"), () =>
				frappe.new_doc("Risk Assessment", { student: frm.doc.student }),
			)
	},
})
