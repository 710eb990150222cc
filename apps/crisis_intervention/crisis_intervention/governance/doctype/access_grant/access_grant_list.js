frappe.listview_settings["Access Grant"] = {
	add_fields: ["state", "break_glass", "valid_until"],
	get_indicator(doc) {
		const colours = { Requested: "orange", Active: doc.break_glass ? "red" : "green" }
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`]
	},
	onload(list) {
		list.page.add_inner_button(__("Emergency access"), () => open_in_emergency())
	},
}

function open_in_emergency() {
	const fields = [
		{ fieldname: "student", fieldtype: "Link", options: "Student Profile", label: __("Student"), reqd: 1 },
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Why it cannot wait"), reqd: 1 },
	]
	const method = "crisis_intervention.governance.break_glass.open_case"
	frappe.prompt(
		fields,
		(args) => frappe.call({ method, args }).then((answer) => frappe.set_route("Form", "Access Grant", answer.message)),
		__("Emergency access: the team leader is told at once"),
	)
}
