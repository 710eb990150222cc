frappe.listview_settings["Concern Category"] = {
	add_fields: ["enabled"],
	get_indicator(doc) {
		return doc.enabled ? [__("In use"), "green", "enabled,=,1"] : [__("Disabled"), "gray", "enabled,=,0"]
	},
}
