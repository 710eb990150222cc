frappe.listview_settings["Screening Import"] = {
	add_fields: ["status", "progress"],
	get_indicator(doc) {
		const colours = { New: "gray", Checked: "blue", Running: "yellow", Done: "green", Failed: "red" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
