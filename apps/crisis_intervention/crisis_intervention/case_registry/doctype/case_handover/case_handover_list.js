frappe.listview_settings["Case Handover"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = { Offered: "orange", Accepted: "green", Declined: "red" }
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`]
	},
}
