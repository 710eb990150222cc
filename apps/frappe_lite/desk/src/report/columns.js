/** Columns and rows of a report in one shape, whichever of Frappe's shapes the report answers in. */

/** `"Label:Link/User:120"` or an object → `{fieldname, label, fieldtype, options, width}`. */
export function normalColumn(column, index) {
	if (typeof column === "object")
		return {
			fieldtype: "Data",
			...column,
			fieldname: column.fieldname || column.id || `col_${index}`,
			label: column.label || column.name || "",
		}
	const [label, kind = "Data", width] = String(column).split(":")
	const [fieldtype, options] = kind.split("/")
	return {
		label,
		fieldname: fieldnameOf(label),
		fieldtype: fieldtype || "Data",
		options,
		width: Number(width) || undefined,
	}
}

const fieldnameOf = (label) => label.toLowerCase().replace(/[\s-]+/g, "_")

export const normalColumns = (columns) => (columns || []).map(normalColumn).filter((column) => !column.hidden)

/** Rows as objects by fieldname. */
export function normalRows(rows, columns) {
	return (rows || [])
		.map((row) =>
			Array.isArray(row) ? Object.fromEntries(columns.map((column, i) => [column.fieldname, row[i]])) : row,
		)
		.filter(Boolean)
}
