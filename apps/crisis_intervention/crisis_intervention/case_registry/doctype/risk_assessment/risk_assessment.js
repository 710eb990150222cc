frappe.ui.form.on("Risk Assessment", {
	setup(frm) {
		frm.set_query("level", () => ({ filters: { enabled: 1 } }))
		frm.set_query("warning_report", () => ({ filters: { student: frm.doc.student } }))
	},

	refresh(frm) {
		if (frm.is_new()) return
		if (frm.doc.docstatus === 1 && frappe.model.can_create("Case Feedback")) {
			frm.add_custom_button(__("Feed results back"), () =>
				frappe.new_doc("Case Feedback", { risk_assessment: frm.doc.name }),
			)
		}
		if (frm.doc.docstatus === 0 && frm.doc.assessed_by === frappe.session.user) {
			frm.add_custom_button(__("Write the clinical part"), () =>
				frappe.new_doc("Risk Assessment Clinical Record", { risk_assessment: frm.doc.name }),
			)
		}
	},
})
