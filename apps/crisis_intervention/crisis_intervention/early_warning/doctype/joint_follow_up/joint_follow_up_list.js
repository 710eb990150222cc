frappe.listview_settings["Joint Follow Up"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = { Open: "yellow", Talked: "blue", Done: "green" }
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`]
	},
}
