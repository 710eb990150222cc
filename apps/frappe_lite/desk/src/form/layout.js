/** Turns the flat fields of a DocType into tabs, sections and columns. */

const newSection = (field = null) => ({ field, columns: [newColumn()] })
const newColumn = (field = null) => ({ field, fields: [] })
const newTab = (field = null) => ({ field, sections: [] })

/**
 * @param {Array<{df: object}>} fields handles in order
 * @returns {Array<{field: object|null, sections: Array<{field: object|null, columns: Array<{fields: object[]}>}>}>}
 */
export function layoutFields(fields) {
	const tabs = [newTab()]
	for (const field of fields) {
		const tab = tabs.at(-1)
		if (field.df.fieldtype === "Tab Break") tabs.push(newTab(field))
		else if (field.df.fieldtype === "Section Break") tab.sections.push(newSection(field))
		else if (field.df.fieldtype === "Column Break") openColumn(tab, field)
		else if (field.df.fieldtype !== "Fold") openSection(tab).columns.at(-1).fields.push(field)
	}
	const [first, second] = tabs
	if (!hasFields(first) && second) tabs.shift()
	return tabs.filter((tab) => tab.sections.length)
}

const hasFields = (tab) =>
	tab.sections.some((section) => section.columns.some((column) => column.fields.length))

function openSection(tab) {
	if (!tab.sections.length) tab.sections.push(newSection())
	return tab.sections.at(-1)
}

function openColumn(tab, field) {
	const section = openSection(tab)
	const last = section.columns.at(-1)
	if (last.fields.length || last.field) section.columns.push(newColumn(field))
	else last.field = field
}

/** Index of the tab that holds a field; -1 when none does. */
export function tabOf(tabs, fieldname) {
	return tabs.findIndex((tab) =>
		tab.sections.some((section) =>
			section.columns.some((column) => column.fields.some((field) => field.fieldname === fieldname)),
		),
	)
}
