frappe.query_reports["Duty Dry Run"] = {
	filters: [
		{
			fieldname: "document_type",
			label: __("DocType"),
			fieldtype: "Link",
			options: "DocType",
			default: "Warning Report",
			reqd: 1,
		},
		{
			fieldname: "at",
			label: __("If it came at"),
			fieldtype: "Datetime",
			default: frappe.datetime.now_datetime(),
			reqd: 1,
		},
		{
			fieldname: "urgency",
			label: __("Urgency"),
			fieldtype: "Select",
			options: ["", "Red", "Orange", "Yellow"],
			default: "Red",
		},
		{ fieldname: "school_class", label: __("Class"), fieldtype: "Link", options: "School Class" },
		{ fieldname: "injury", label: __("Injury"), fieldtype: "Check" },
		{ fieldname: "immediate_danger", label: __("Immediate danger"), fieldtype: "Check" },
		{ fieldname: "is_key_target", label: __("Key target"), fieldtype: "Check" },
		{ fieldname: "submitted", label: __("Submitted"), fieldtype: "Check" },
	],
};
