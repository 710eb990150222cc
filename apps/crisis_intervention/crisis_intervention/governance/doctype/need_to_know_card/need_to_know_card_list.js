frappe.listview_settings["Need To Know Card"] = {
	add_fields: ["in_use", "valid_until"],
	get_indicator(doc) {
		const over = !doc.in_use || doc.valid_until < frappe.datetime.get_today()
		return over ? [__("Not in use"), "gray", "in_use,=,0"] : [__("In use"), "green", "in_use,=,1"]
	},
}
