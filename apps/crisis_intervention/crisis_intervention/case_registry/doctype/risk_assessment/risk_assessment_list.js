frappe.listview_settings["Risk Assessment"] = {
	add_fields: ["level"],
	hide_name_column: false,
}
