frappe.listview_settings["Class Log"] = {
	add_fields: ["zero_report", "follow_up"],

	get_indicator(doc) {
		if (doc.zero_report) return [__("Nothing abnormal this month"), "gray", "zero_report,=,1"]
		if (doc.follow_up) return [__("Something was done"), "green", "follow_up,is,set"]
		return [__("Nothing was done yet"), "orange", "follow_up,is,not set"]
	},

	onload: (listview) => crisis_intervention.one_tap.in_list(listview),
}
