frappe.listview_settings["Case Review"] = {
	add_fields: ["decision"],
	get_indicator(doc) {
		const colour = doc.decision === "Stays as It Is" ? "gray" : "orange"
		return [__(doc.decision), colour, `decision,=,${doc.decision}`]
	},
}
