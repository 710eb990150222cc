frappe.listview_settings["Psychology Weekly Report"] = {
	add_fields: ["zero_report", "students_of_note", "acknowledged_at"],

	get_indicator(doc) {
		if (doc.zero_report) return [__("Nothing to report"), "gray", "zero_report,=,1"]
		if (doc.acknowledged_at) return [__("Read by the team leader"), "green", "acknowledged_at,is,set"]
		return [__("Not read yet"), "orange", "acknowledged_at,is,not set"]
	},

	onload: (listview) => crisis_intervention.one_tap.in_list(listview),
}
