frappe.query_reports["Crisis Configuration Check"] = {
	filters: [],
	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (column.fieldname !== "severity" || !data) {
			return text;
		}
		return `<span class="indicator-pill ${data.is_error ? "red" : "orange"}">${text}</span>`;
	},
};
