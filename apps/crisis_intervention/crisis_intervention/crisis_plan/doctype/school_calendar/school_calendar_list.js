frappe.listview_settings["School Calendar"] = {
	order_by: "from_date desc",
	hide_name_column: false,
}
