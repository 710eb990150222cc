frappe.listview_settings["Duty"] = {
	add_fields: ["state", "tier", "due_at"],
	filters: [["state", "in", ["Open", "Overdue"]]],
	get_indicator(doc) {
		const colours = {
			Open: doc.tier === "Urgent" ? "orange" : "blue",
			Overdue: "red",
			Done: "green",
			"Done Late": "yellow",
			Waived: "gray",
			"Taken Over": "gray",
		};
		return [__(doc.state), colours[doc.state] || "gray", "state,=," + doc.state];
	},
};
