frappe.listview_settings["Staff Absence"] = {
	add_fields: ["from_time", "to_time"],
	get_indicator: (doc) => crisis_intervention.spans.indicator(doc),
}
