frappe.listview_settings["Special Watch"] = {
	add_fields: ["status", "observer"],
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Running" ? "red" : "gray", `status,=,${doc.status}`]
	},
}
