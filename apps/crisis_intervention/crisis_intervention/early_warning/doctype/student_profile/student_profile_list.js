frappe.listview_settings["Student Profile"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Enrolled: "green", "On Leave": "yellow", Suspended: "yellow" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
