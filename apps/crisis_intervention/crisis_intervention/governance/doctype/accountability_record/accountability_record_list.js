frappe.listview_settings["Accountability Record"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = { Proposed: "blue", "Outcome Proposed": "orange", Decided: "green", Withdrawn: "gray" }
		return [__(doc.state), colours[doc.state] || "blue", `state,=,${doc.state}`]
	},
}
