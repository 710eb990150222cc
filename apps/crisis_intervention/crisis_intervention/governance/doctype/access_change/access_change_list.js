frappe.listview_settings["Access Change"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = { Requested: "orange", Approved: "green", Refused: "gray", Reported: "blue" }
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`]
	},
}
