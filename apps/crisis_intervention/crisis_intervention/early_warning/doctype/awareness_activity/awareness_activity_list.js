frappe.listview_settings["Awareness Activity"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colour = doc.coverage >= 100 ? "green" : "blue"
		return [__("Coverage {0} %", [Math.round(doc.coverage || 0)]), colour, ""]
	},
}
