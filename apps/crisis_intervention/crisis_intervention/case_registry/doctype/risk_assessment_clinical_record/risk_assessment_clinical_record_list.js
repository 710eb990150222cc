frappe.listview_settings["Risk Assessment Clinical Record"] = {
	order_by: "creation desc",
	hide_name_column: false,
}
