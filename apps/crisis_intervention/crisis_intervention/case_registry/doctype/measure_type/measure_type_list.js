frappe.listview_settings["Measure Type"] = {
	add_fields: ["phase", "enabled"],
	get_indicator(doc) {
		const colours = { "Before Crisis": "green", "During Crisis": "orange", "After Crisis": "blue" }
		return [__(doc.phase), doc.enabled ? colours[doc.phase] : "gray", `phase,=,${doc.phase}`]
	},
}
