frappe.listview_settings["Intervention Plan"] = {
	add_fields: ["status", "pending_level", "complete"],
	get_indicator(doc) {
		if (doc.status === "Ended") return [__("Ended"), "gray", "status,=,Ended"]
		if (doc.pending_level) return [__("The level has risen"), "red", "pending_level,is,set"]
		if (!doc.complete) return [__("Still to plan"), "orange", "complete,=,0"]
		return [__("Running"), "green", "status,=,Running"]
	},
}
