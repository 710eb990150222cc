frappe.listview_settings["Psychological File"] = {
	get_indicator(doc) {
		return doc.on_follow_up_list
			? [__("Followed up"), "orange", "on_follow_up_list,=,1"]
			: [__("No special follow-up"), "gray", "on_follow_up_list,=,0"]
	},
}
