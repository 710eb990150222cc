frappe.listview_settings["Screening Campaign"] = {
	add_fields: ["status", "coverage"],
	get_indicator(doc) {
		const colours = { Draft: "gray", Running: "blue", Closed: "green" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
