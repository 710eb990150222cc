frappe.listview_settings["Access Audit"] = {
	order_by: "from_date desc",
	hide_name_column: false,
}
