frappe.listview_settings["Help Request"] = {
	add_fields: ["status", "urgent"],
	get_indicator(doc) {
		if (doc.status === "New" && doc.urgent) return [__("Urgent"), "red", "urgent,=,1"]
		const colours = { New: "yellow", Contacted: "blue", Closed: "gray" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
