frappe.listview_settings["Risk Level"] = {
	add_fields: ["colour", "enabled"],
	get_indicator(doc) {
		const colour = doc.colour === "Grey" ? "gray" : doc.colour.toLowerCase()
		return [__(doc.colour), doc.enabled ? colour : "gray", `colour,=,${doc.colour}`]
	},
}
