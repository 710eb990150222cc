frappe.listview_settings["Screening Result"] = {
	add_fields: ["critical_item", "flagged", "review_outcome"],
	get_indicator(doc) {
		if (doc.review_outcome) return [__(doc.review_outcome), "green", `review_outcome,=,${doc.review_outcome}`]
		if (doc.critical_item) return [__("Critical item"), "orange", "critical_item,=,1"]
		if (doc.flagged) return [__("To be looked at"), "yellow", "flagged,=,1"]
		return [__("Nothing noticeable"), "gray", "flagged,=,0"]
	},
}
