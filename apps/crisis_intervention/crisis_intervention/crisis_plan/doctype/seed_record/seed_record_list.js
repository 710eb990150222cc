frappe.listview_settings["Seed Record"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Shipped: "green", Customised: "blue", Deleted: "gray" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
