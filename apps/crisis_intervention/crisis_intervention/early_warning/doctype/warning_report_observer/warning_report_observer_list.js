frappe.listview_settings["Warning Report Observer"] = {
	order_by: "creation desc",
	hide_name_column: false,
}
