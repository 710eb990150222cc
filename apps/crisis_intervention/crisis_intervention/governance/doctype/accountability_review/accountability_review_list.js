frappe.listview_settings["Accountability Review"] = {
	order_by: "from_date desc",
	hide_name_column: false,
}
