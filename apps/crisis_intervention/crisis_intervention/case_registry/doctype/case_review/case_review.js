frappe.ui.form.on("Case Review", {
	setup(frm) {
		frm.set_query("student_case", () => ({ filters: { workflow_state: ["!=", "Exited"] } }))
	},

	refresh(frm) {
		if (frm.is_new()) return
		const text = {
			"Level to Change": __("Change the level in the case: lowering it needs a second person."),
			"Exit to Propose": __("Propose the exit in the case; a second person confirms it."),
			"New Assessment Needed": __("Assess the student anew."),
		}[frm.doc.decision]
		if (!text) return
		frm.set_intro(text, "blue")
		frm.add_custom_button(__("Open the case"), () =>
			frappe.set_route("Form", "Student Case", frm.doc.student_case),
		)
		if (frm.doc.decision === "New Assessment Needed" && frappe.model.can_create("Risk Assessment")) {
			frm.add_custom_button(__("Assess a student"), () =>
				frappe.new_doc("Risk Assessment", { student: frm.doc.student }),
			)
		}
	},
})
