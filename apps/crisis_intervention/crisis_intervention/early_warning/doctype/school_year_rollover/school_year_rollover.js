frappe.ui.form.on("School Year Rollover", {
	refresh(frm) {
		frm.set_intro("")
		if (frm.is_new()) {
			frm.set_intro(__("Save to see what would become of every class. Nothing is moved yet."), "blue")
			return
		}
		if (frm.doc.status === "Done") return
		frm.set_intro(__("Look at every row. Then move all classes in one go."), "blue")
		frm.add_custom_button(__("Move all classes"), () => ask(frm))
	},
})

function ask(frm) {
	const leaving = frm.doc.classes.filter((row) => row.graduates).length
	const question = __("{0} classes move up, {1} graduate. Do it now?", [
		frm.doc.classes.length - leaving,
		leaving,
	])
	frappe.confirm(question, () => frm.call("carry_out").then(() => frm.reload_doc()))
}
