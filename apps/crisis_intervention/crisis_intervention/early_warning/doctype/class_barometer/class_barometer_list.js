frappe.listview_settings["Class Barometer"] = {
	add_fields: ["weather", "alarm", "all_calm", "seen_at"],

	get_indicator(doc) {
		if (doc.alarm) return [__(doc.alarm), "red", `alarm,=,${doc.alarm}`]
		if (doc.all_calm) return [__("All calm"), "green", "all_calm,=,1"]
		const colours = { Sunny: "green", Cloudy: "gray", Rain: "blue", Storm: "red" }
		return [__(doc.weather), colours[doc.weather] || "gray", `weather,=,${doc.weather}`]
	},

	onload(listview) {
		if (frappe.user.has_role("Class Monitor")) return crisis_intervention.one_tap.in_list(listview)
	},
}
