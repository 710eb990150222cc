frappe.listview_settings["Student Case"] = {
	add_fields: ["workflow_state", "current_level"],
	get_indicator(doc) {
		const colours = { "Entry Opened": "red", "In Registry": "orange", "Exit Proposed": "blue" }
		const state = doc.workflow_state
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`]
	},
}
