frappe.listview_settings["On-call Roster"] = {
	add_fields: ["from_time", "to_time"],
	get_indicator(doc) {
		const now = frappe.datetime.now_datetime()
		if (doc.to_time <= now) return [__("Over"), "gray", `to_time,<=,${now}`]
		if (doc.from_time > now) return [__("To come"), "blue", `from_time,>,${now}`]
		return [__("Running"), "green", `to_time,>,${now}|from_time,<=,${now}`]
	},
}
