/**
 * Periodic reports in one tap, for the forms and lists of the reports and for the duties that ask for them.
 * It only offers and confirms: whether somebody may report, and whether it was done before, the server knows.
 */
frappe.provide("crisis_intervention.one_tap")

crisis_intervention.one_tap.METHODS = "crisis_intervention.early_warning.periodic.one_tap."

/** Words of the button per kind of report. */
crisis_intervention.one_tap.words = (doctype) =>
	({
		"Class Weekly Report": __("Nothing to report this week"),
		"Psychology Weekly Report": __("Nothing to report this week"),
		"Class Log": __("Nothing abnormal this month"),
		"Class Barometer": __("All calm"),
	})[doctype]

/** What the user reports on, with what is filed already. */
crisis_intervention.one_tap.waiting = (doctype) =>
	frappe
		.call({ method: crisis_intervention.one_tap.METHODS + "waiting", args: { doctype } })
		.then((answer) => answer.message || [])

/** Files a report without news and says so on the screen; resolves to its code. */
crisis_intervention.one_tap.file = (doctype, subject, day) =>
	frappe
		.call({
			method: crisis_intervention.one_tap.METHODS + "nothing_to_report",
			args: { doctype, subject, day },
			freeze: true,
		})
		.then(({ message }) => {
			frappe.show_alert({ message: message.message, indicator: "green" }, 10)
			return message.name
		})

/** Label of the button for one class or person; the title only when there are several to tell apart. */
crisis_intervention.one_tap.label = (doctype, row, rows) => {
	const words = crisis_intervention.one_tap.words(doctype)
	return rows.length > 1 ? `${row.title} · ${words}` : words
}

/** One button per class or person that waits, above the list. */
crisis_intervention.one_tap.in_list = async (listview) => {
	const { doctype } = listview
	if (!frappe.model.can_create(doctype)) return
	const rows = await crisis_intervention.one_tap.waiting(doctype)
	for (const row of rows.filter((one) => !one.filed)) {
		const label = crisis_intervention.one_tap.label(doctype, row, rows)
		listview.page.add_inner_button(
			label,
			async () => {
				await crisis_intervention.one_tap.file(doctype, row.subject)
				listview.page.remove_inner_button(label)
				listview.refresh()
			},
			null,
			"primary",
		)
	}
}

/** The same in a new form, which also fills in the only class and offers no other. */
crisis_intervention.one_tap.in_form = async (frm, fieldname) => {
	const rows = await crisis_intervention.one_tap.waiting(frm.doctype)
	if (!rows.length || !frm.is_new()) return
	frm.set_query(fieldname, () => ({ filters: { name: ["in", rows.map((row) => row.subject)] } }))
	if (rows.length === 1 && !frm.doc[fieldname]) frm.set_value(fieldname, rows[0].subject)
	for (const row of rows.filter((one) => !one.filed)) {
		frm.add_custom_button(crisis_intervention.one_tap.label(frm.doctype, row, rows), async () => {
			const name = await crisis_intervention.one_tap.file(frm.doctype, row.subject)
			frappe.set_route("Form", frm.doctype, name)
		})
	}
}
