frappe.listview_settings["Crisis Plan"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Draft: "gray", "In Force": "green", Superseded: "gray" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
