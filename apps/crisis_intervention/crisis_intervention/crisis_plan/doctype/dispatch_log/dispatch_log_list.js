frappe.listview_settings["Dispatch Log"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Queued: "blue", Sending: "blue", Sent: "green", "For Digest": "gray", Refused: "yellow", Failed: "red", Withdrawn: "gray" }
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`]
	},
}
