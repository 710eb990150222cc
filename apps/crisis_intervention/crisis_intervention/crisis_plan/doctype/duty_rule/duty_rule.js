frappe.ui.form.on("Duty Rule", {
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		frm.add_custom_button(__("Duties of this rule"), () =>
			frappe.set_route("List", "Duty", { rule: frm.doc.name })
		);
		if (frm.doc.trigger_type === "Event") {
			frm.add_custom_button(__("Dry run"), () => {
				frappe.route_options = { document_type: frm.doc.document_type };
				frappe.set_route("query-report", "Duty Dry Run");
			});
		}
	},
	source(frm) {
		frm.toggle_display("source_note", frm.doc.source !== "School");
	},
});
