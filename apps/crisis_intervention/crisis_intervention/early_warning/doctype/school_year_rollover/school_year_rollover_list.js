frappe.listview_settings["School Year Rollover"] = {
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Done" ? "green" : "gray", `status,=,${doc.status}`]
	},
}
