frappe.listview_settings["Student Case"] = {
	add_fields: ["workflow_state", "urgency"],
	get_indicator(doc) {
		// The colour is that of the level; an entry that was left has none.
		const colours = { Red: "red", Orange: "orange", Yellow: "yellow", Blue: "blue" }
		const state = doc.workflow_state
		const colour = ["Exited", "Closed", "Left"].includes(state) ? "gray" : colours[doc.urgency] || "gray"
		return [__(state), colour, `workflow_state,=,${state}`]
	},
}
