// A number leads to the duties behind it, for whoever may read duties; the auditor reads the numbers.
const STATES = {
	in_time: "Done",
	late: "Done Late",
	open: "Open",
	overdue: "Overdue",
	waived: "Waived",
	taken_over: "Taken Over",
};
const LEADS_ON = ["article", "total", ...Object.keys(STATES)];

frappe.query_reports["Duty Compliance by Article"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -6),
		},
		{
			fieldname: "to_date",
			label: __("To"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "article", label: __("Article"), fieldtype: "Int" },
	],
	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data || !value || !LEADS_ON.includes(column.fieldname) || !frappe.model.can_read("Duty")) {
			return text;
		}
		const state = STATES[column.fieldname] || "";
		return `<a href="#duties/${Number(data.article)}/${encodeURIComponent(state)}">${text}</a>`;
	},
	onload(report) {
		frappe.provide("crisis_intervention");
		if (!crisis_intervention.compliance_report) {
			// Once, and before the desk takes the address for a page of its own.
			document.addEventListener("click", follow, true);
		}
		crisis_intervention.compliance_report = report;
	},
};

function follow(event) {
	const link = event.target.closest("a[href^='#duties/']");
	if (!link) {
		return;
	}
	event.preventDefault();
	event.stopPropagation();
	const report = crisis_intervention.compliance_report;
	const [, article, state] = link.getAttribute("href").split("/");
	const [first, last] = ["from_date", "to_date"].map((name) => report.get_filter_value(name));
	const filters = { article, raised_at: ["Between", [first, last]] };
	if (state) {
		filters.state = decodeURIComponent(state);
	}
	frappe.set_route("List", "Duty", filters);
}
