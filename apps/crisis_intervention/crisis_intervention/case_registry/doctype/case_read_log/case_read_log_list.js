frappe.listview_settings["Case Read Log"] = {
	order_by: "read_at desc",
	hide_name_column: false,
}
