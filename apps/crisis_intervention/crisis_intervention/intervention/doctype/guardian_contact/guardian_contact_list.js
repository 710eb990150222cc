frappe.listview_settings["Guardian Contact"] = {
	add_fields: ["outcome"],
	get_indicator(doc) {
		const colours = { Reached: "green", "Not Reached": "orange", Refused: "red" }
		return [__(doc.outcome), colours[doc.outcome] || "gray", `outcome,=,${doc.outcome}`]
	},
}
