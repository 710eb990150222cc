/** Draws report rows with frappe-datatable. */
import { formatHtml } from "@/frm/format_html.js"
import { __ } from "@/i18n/index.js"
import { cleanHtml } from "@/ui/html.js"

const NUMBERS = new Set(["Int", "Float", "Currency", "Percent", "Duration"])

/** The report script's formatter wraps the standard one, as in Frappe. */
function formatter(model, column) {
	return (value, _row, _column, data) => {
		const standard = (v, _r, c, d) => formatHtml(v, c || column, {}, d)
		const own = model.settings.formatter
		return cleanHtml(own ? own(value, _row, column, data, standard) : standard(value, _row, column, data))
	}
}

export async function drawTable(element, model) {
	const [{ default: DataTable }] = await Promise.all([
		import("frappe-datatable"),
		import("frappe-datatable/dist/frappe-datatable.css"),
	])
	const columns = model.state.columns.map((column) => ({
		...column,
		id: column.fieldname,
		field: column.fieldname,
		name: __(column.label),
		content: __(column.label),
		editable: false,
		// Left to itself the table judges by the first row, where an empty cell passes for a number.
		align: NUMBERS.has(column.fieldtype) ? "right" : "left",
		width: column.width || 140,
		format: formatter(model, column),
	}))
	const options = model.settings.get_datatable_options?.({}) || {}
	const table = new DataTable(element, {
		columns,
		data: model.state.rows,
		inlineFilters: true,
		serialNoColumn: true,
		layout: "fixed",
		treeView: Boolean(model.settings.tree),
		cellHeight: 34,
		language: "en",
		...options,
	})
	model.datatable = table
	return table
}
