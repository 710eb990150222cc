/** What list scripts (`frappe.listview_settings`) see of an open list. */
import { Page } from "./page.js"

/** The `listview` argument of list scripts. */
export class ListViewHandle {
	/** @param {object} model the list's own state, see `list/model.js` */
	constructor(model) {
		this.model = model
		this.doctype = model.doctype
		this.page = new Page()
		this.filter_area = {
			add: (filters) => model.addFilters(normalFilters(filters, model.doctype)),
			get: () => model.filters.map((row) => [model.doctype, ...row]),
			clear: () => model.setFilters([]),
			remove: (fieldname) => model.setFilters(model.filters.filter((row) => row[0] !== fieldname)),
		}
	}

	get data() {
		return this.model.rows
	}

	get meta() {
		return this.model.meta
	}

	get settings() {
		return this.model.settings
	}

	get_checked_items(onlyNames) {
		return onlyNames ? this.model.checkedNames() : this.model.checkedRows()
	}

	clear_checked_items() {
		this.model.clearChecked()
	}

	get_filters_for_args() {
		return this.filter_area.get()
	}

	async call_for_selected_items(method, args = {}) {
		args.names = this.get_checked_items(true)
		const answer = await globalThis.frappe.call({ method, args, freeze: true })
		this.refresh()
		return answer
	}

	refresh() {
		return this.model.load()
	}
}

/** Filters as scripts write them: one or many, with or without the DocType in front. */
export function normalFilters(filters, doctype) {
	if (!filters) return []
	if (!Array.isArray(filters)) return Object.entries(filters).map(([field, value]) => pair(field, value))
	const list = Array.isArray(filters[0]) ? filters : [filters]
	return list.map((row) => {
		const parts = row[0] === doctype || row.length > 3 ? row.slice(1, 4) : row
		return parts.length === 2 ? [parts[0], "=", parts[1]] : parts.slice(0, 3)
	})
}

const pair = (field, value) => (Array.isArray(value) ? [field, value[0], value[1]] : [field, "=", value])
