frappe.ui.form.on("Screening Consent", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.state === "Withdrawn") return
		if (frm.doc.state !== "Given") frm.add_custom_button(__("Both agree"), () => agree(frm))
		frm.add_custom_button(__("Withdraw consent"), () => withdraw(frm))
	},
})

function agree(frm) {
	frm.set_value({ guardian_answer: "Given", student_answer: "Given" })
	frm.save()
}

function withdraw(frm) {
	const field = {
		fieldname: "withdrawn_by",
		fieldtype: "Select",
		options: [
			{ value: "Student", label: __("Student") },
			{ value: "Guardian", label: __("Guardian") },
		],
		label: __("Withdrawn by"),
		reqd: 1,
		description: __("Nothing is deleted, but from then on nobody sees or uses the result."),
	}
	frappe.prompt([field], ({ withdrawn_by }) => {
		frm.set_value("withdrawn_by", withdrawn_by)
		frm.save()
	}, __("Withdraw consent"))
}
