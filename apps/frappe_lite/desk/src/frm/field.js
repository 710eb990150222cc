/** One field of a form or dialog, as scripts see it in `fields_dict`. */
import { reactive } from "vue"
import { __ } from "@/i18n/index.js"
import { isTable } from "@/model/fieldtypes.js"
import { $ } from "./dom.js"
import { Grid } from "./grid.js"

export class Field {
	/**
	 * @param {object} df the DocField; copied, so that a script changes it for this form only
	 * @param {{doc: object, set_value: Function}} host the form or field group
	 */
	constructor(df, host) {
		this.df = reactive({ ...df })
		this.host = host
		this.frm = host.isForm ? host : undefined
		this.layout = host
		this.get_query = df.get_query
		this.ui = reactive({ data: null, error: "", focus: 0, html: 0, button: 0 })
		this.element = document.createElement("div")
		if (isTable(df)) this.grid = new Grid(this)
	}

	get fieldname() {
		return this.df.fieldname
	}

	get doc() {
		return this.host.doc
	}

	get doctype() {
		return this.host.doctype
	}

	get docname() {
		return this.host.docname
	}

	get value() {
		return this.doc?.[this.df.fieldname]
	}

	set value(value) {
		this.set_value(value)
	}

	get last_value() {
		return this.value
	}

	/** The element on the page; before it is drawn, one that is put there later (HTML fields). */
	get wrapper() {
		return this.mounted || this.element
	}

	get $wrapper() {
		return $(this.df.fieldtype === "HTML" ? this.element : this.wrapper)
	}

	get $input() {
		return $(this.wrapper.querySelectorAll("input, textarea, select, button, [contenteditable]"))
	}

	get input() {
		return this.$input[0]
	}

	get input_area() {
		return this.wrapper
	}

	get $input_wrapper() {
		return this.$wrapper
	}

	get disp_area() {
		return this.wrapper
	}

	get_value() {
		return this.value
	}

	set_value(value) {
		return this.host.set_value(this.df.fieldname, value)
	}

	set_input(value) {
		return this.set_value(value)
	}

	get_input_value() {
		return this.value
	}

	set_description(text) {
		this.df.description = text
	}

	set_new_description(text) {
		this.set_description(text)
	}

	set_label(label) {
		this.df.label = label
	}

	set_focus() {
		this.ui.focus += 1
	}

	toggle(visible) {
		this.df.hidden = visible ? 0 : 1
	}

	/** Choices of an Autocomplete or a multi-select dialog field. */
	set_data(data) {
		this.ui.data = data
	}

	set_options() {
		this.ui.html += 1
	}

	html(content) {
		$(this.element).html(content)
	}

	set_invalid(message) {
		this.ui.error = message || __("Please check this value")
	}

	set_mandatory() {}

	refresh() {
		this.ui.html += 1
		this.grid?.refresh()
	}

	refresh_input() {
		this.refresh()
	}

	get_status() {
		return this.host.field_status(this)
	}

	get disp_status() {
		return this.get_status()
	}

	/** Arguments for the link search from the field's query and `link_filters`. */
	searchArgs(row) {
		return queryArgs(this.get_query, this.df, row || this.doc, this.frm)
	}
}

/**
 * Turns a `set_query` function, object or text into arguments of `search_link`.
 * @returns {object} `{query?, filters?, reference_doctype?, …}`
 */
export function queryArgs(getQuery, df, doc, frm) {
	const raw = typeof getQuery === "function" ? getQuery(frm?.doc || doc, doc?.doctype, doc?.name) : getQuery
	const args = typeof raw === "string" ? { query: raw } : { ...(raw || {}) }
	if (!args.filters && df.link_filters) args.filters = linkFilters(df.link_filters, doc)
	if (df.ignore_user_permissions) args.ignore_user_permissions = 1
	if (doc?.doctype) args.reference_doctype = doc.doctype
	return args
}

function linkFilters(text, doc) {
	const rows = typeof text === "string" ? JSON.parse(text) : text
	return rows.map((row) => {
		const value = row.at(-1)
		const dynamic = typeof value === "string" && value.startsWith("eval: doc.")
		return dynamic ? [...row.slice(0, -1), doc?.[value.slice(10).trim()]] : row
	})
}
