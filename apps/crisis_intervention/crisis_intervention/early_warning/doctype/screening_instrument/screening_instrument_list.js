frappe.listview_settings["Screening Instrument"] = {
	add_fields: ["licence", "enabled"],
	get_indicator(doc) {
		if (!doc.enabled) return [__("Not in use"), "gray", "enabled,=,0"]
		return [__(doc.licence), doc.licence === "Items Allowed" ? "green" : "blue", `licence,=,${doc.licence}`]
	},
}
