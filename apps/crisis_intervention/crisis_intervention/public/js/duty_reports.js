/** A duty to report: the report in one tap, or its form filled in as far as the duty knows. */
frappe.ui.form.on("Duty", {
	async refresh(frm) {
		if (!["Report", "Record"].includes(frm.doc.kind) || !["Open", "Overdue"].includes(frm.doc.state)) return
		if (frm.doc.responsible !== frappe.session.user) return
		const method = crisis_intervention.one_tap.METHODS + "report_of_duty"
		const { message } = await frappe.call({ method, args: { duty: frm.doc.name } })
		if (!message) return
		const words = crisis_intervention.one_tap.words(message.doctype)
		frm.page.set_primary_action(words, async () => {
			await crisis_intervention.one_tap.file(message.doctype, message.subject, message.day)
			frm.reload_doc()
		})
		frm.add_custom_button(__("Write the report"), () => frappe.new_doc(message.doctype, message.values))
	},
})
