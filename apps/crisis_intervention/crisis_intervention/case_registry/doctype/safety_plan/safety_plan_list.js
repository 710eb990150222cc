frappe.listview_settings["Safety Plan"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Current" ? "green" : "gray", `status,=,${doc.status}`]
	},
}
