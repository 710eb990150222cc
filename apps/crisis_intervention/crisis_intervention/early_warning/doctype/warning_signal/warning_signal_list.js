frappe.listview_settings["Warning Signal"] = {
	add_fields: ["enabled", "urgent"],
	get_indicator(doc) {
		if (!doc.enabled) return [__("Disabled"), "gray", "enabled,=,0"]
		return doc.urgent ? [__("Urgent"), "red", "urgent,=,1"] : [__("In use"), "green", "urgent,=,0"]
	},
}
