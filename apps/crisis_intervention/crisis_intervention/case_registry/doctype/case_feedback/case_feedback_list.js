frappe.listview_settings["Case Feedback"] = {
	order_by: "sent_at desc",
	hide_name_column: false,
}
