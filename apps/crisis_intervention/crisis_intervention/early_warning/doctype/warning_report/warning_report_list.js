frappe.listview_settings["Warning Report"] = {
	add_fields: ["urgency", "status"],
	get_indicator(doc) {
		const colours = { Red: "red", Orange: "orange", Yellow: "yellow" }
		const colour = doc.status === "Closed" ? "gray" : colours[doc.urgency] || "yellow"
		return [__(doc.status), colour, `status,=,${doc.status}`]
	},
}
