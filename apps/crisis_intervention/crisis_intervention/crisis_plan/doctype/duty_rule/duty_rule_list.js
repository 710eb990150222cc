frappe.listview_settings["Duty Rule"] = {
	add_fields: ["enabled", "source"],
	get_indicator(doc) {
		return doc.enabled
			? [__("Enabled"), "green", "enabled,=,1"]
			: [__("Disabled"), "gray", "enabled,=,0"];
	},
};
