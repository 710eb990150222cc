frappe.listview_settings["Barometer Review"] = {
	add_fields: ["reason", "reviewed_at"],

	get_indicator(doc) {
		if (doc.reviewed_at) return [__("Decided"), "green", "reviewed_at,is,set"]
		const alarming = ["Fear for a Life", "Storm"].includes(doc.reason)
		return [__("Waits for a decision"), alarming ? "red" : "yellow", "reviewed_at,is,not set"]
	},
}
