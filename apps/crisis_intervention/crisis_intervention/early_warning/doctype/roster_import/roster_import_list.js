frappe.listview_settings["Roster Import"] = {
	get_indicator(doc) {
		const colours = { New: "gray", Checked: "blue", Running: "orange", Done: "green", Failed: "red" }
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`]
	},
}
