frappe.listview_settings["Screening Consent"] = {
	add_fields: ["state", "tested"],
	get_indicator(doc) {
		const colours = { Waiting: "yellow", Given: "green", Declined: "gray", Withdrawn: "gray" }
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`]
	},
}
