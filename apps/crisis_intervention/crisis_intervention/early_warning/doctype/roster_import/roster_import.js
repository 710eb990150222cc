const LOOK_AGAIN = 1500
const TEMPLATE =
	"/api/method/crisis_intervention.early_warning.doctype.roster_import.roster_import.download_template"

frappe.ui.form.on("Roster Import", {
	refresh(frm) {
		frm.set_intro("")
		frm.add_custom_button(__("Download template"), () => window.open(TEMPLATE))
		if (frm.is_new()) return
		const { status } = frm.doc
		if (status === "Running") return watch(frm)
		frm.add_custom_button(__("Check sheet"), () => check(frm))
		if (status === "Checked" && frm.doc.good) offer(frm)
		if (status === "Failed") frm.set_intro(__("The import stopped. Check the sheet and start it again."), "red")
		if (status === "Done") frm.set_intro(__("All good rows are taken over."), "green")
	},
})

function check(frm) {
	const run = () => frm.call({ method: "check_sheet", doc: frm.doc, freeze: true }).then(() => frm.reload_doc())
	frm.is_dirty() ? frm.save().then(run) : run()
}

function offer(frm) {
	const { added, updated, bad } = frm.doc
	frm.set_intro(
		__("{0} new students, {1} changed, {2} bad rows. Bad rows are left out.", [added, updated, bad]),
		bad ? "orange" : "blue",
	)
	frm.add_custom_button(__("Take over roster"), () => frm.call("take_over").then(() => frm.reload_doc()))
}

/** The job writes its progress into the record; look until it is done. */
function watch(frm) {
	const { name, progress } = frm.doc
	frm.set_intro(__("Taking over the roster: {0} %", [Math.round(progress || 0)]), "blue")
	setTimeout(() => {
		if (frm.doc.name === name && frappe.get_route().includes(name)) frm.reload_doc()
	}, LOOK_AGAIN)
}
