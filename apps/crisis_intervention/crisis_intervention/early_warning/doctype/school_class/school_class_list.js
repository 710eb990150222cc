frappe.listview_settings["School Class"] = {
	add_fields: ["enabled", "class_teacher", "has_monitor"],
	get_indicator(doc) {
		if (!doc.enabled) return [__("Closed"), "gray", "enabled,=,0"]
		if (!doc.class_teacher) return [__("Without class teacher"), "red", "class_teacher,is,not set"]
		if (!doc.has_monitor) return [__("Without monitor"), "orange", "has_monitor,=,0"]
		return [__("In use"), "green", "enabled,=,1"]
	},
}
