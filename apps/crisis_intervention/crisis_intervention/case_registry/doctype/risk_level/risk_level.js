frappe.ui.form.on("Risk Level", {
	setup(frm) {
		frm.set_query("measure_type", "measures", () => ({ filters: { enabled: 1 } }))
	},
})
