const LOOK_AGAIN = 1500

frappe.ui.form.on("Screening Import", {
	setup(frm) {
		frm.set_query("campaign", () => ({ filters: { status: "Running" } }))
	},

	refresh(frm) {
		if (frm.is_new()) return
		frm.set_intro("")
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
	frm.set_intro(
		__("{0} good rows, {1} bad rows. Bad rows are left out.", [frm.doc.good, frm.doc.bad]),
		frm.doc.bad ? "orange" : "blue",
	)
	frm.add_custom_button(__("Take over results"), () =>
		frm.call("take_over").then(() => frm.reload_doc()),
	).addClass?.("btn-primary")
}

/** The job writes its progress into the record; look until it is done. */
function watch(frm) {
	const percent = Math.round(frm.doc.progress || 0)
	frm.set_intro(__("Taking over results: {0} %", [percent]), "blue")
	frm.dashboard?.show_progress?.(__("Screening Import"), percent)
	const name = frm.doc.name
	setTimeout(() => {
		const route = frappe.get_route()
		if (frm.doc.name === name && route.includes(name)) frm.reload_doc()
	}, LOOK_AGAIN)
}
