/** State of one list: filters, order, rows, selection. */
import { reactive, shallowRef } from "vue"
import { fetchCount, fetchRows } from "@/api/documents.js"
import { ListViewHandle, normalFilters } from "@/frm/listview.js"
import { getMeta } from "@/model/meta.js"
import { addTitle } from "@/model/titles.js"
import { boot } from "@/boot/boot.js"
import { listColumns, queryFields } from "./columns.js"

const PAGE = 20

export class ListModel {
	constructor(doctype) {
		this.doctype = doctype
		this.meta = getMeta(doctype)
		this.settings = globalThis.frappe?.listview_settings?.[doctype] || {}
		this.columns = listColumns(this.meta)
		this.state = reactive({
			filters: [],
			or: null,
			sort: this.defaultSort(),
			length: PAGE,
			count: null,
			busy: false,
			error: null,
			checked: {},
			loaded: false,
			text: "",
		})
		this.rowsRef = shallowRef([])
		this.handle = new ListViewHandle(this)
		this.turn = 0
	}

	get rows() {
		return this.rowsRef.value
	}

	get filters() {
		return this.state.filters
	}

	defaultSort() {
		const [field, order] = String(this.meta.sort_field || "modified")
			.split(",")[0]
			.trim()
			.split(" ")
		return { field: field.replace(/`/g, ""), order: (order || this.meta.sort_order || "desc").toLowerCase() }
	}

	/** Filters of the address, else those the list script begins with. */
	start(filters) {
		const options = globalThis.frappe?.route_options
		if (globalThis.frappe) globalThis.frappe.route_options = null
		const given = options ? normalFilters(options, this.doctype) : filters
		this.state.filters = given.length ? given : normalFilters(this.settings.filters, this.doctype)
	}

	setFilters(filters) {
		this.state.filters = filters
		this.state.length = PAGE
		return this.load()
	}

	addFilters(filters) {
		return this.setFilters([...this.filters, ...filters])
	}

	/** Replaces what is set for one field; an empty value removes it. */
	setField(fieldname, operator, value) {
		const rest = this.filters.filter((row) => row[0] !== fieldname)
		const empty = value === "" || value == null || (Array.isArray(value) && !value.length)
		return this.setFilters(empty ? rest : [...rest, [fieldname, operator, value]])
	}

	args() {
		const { sort } = this.state
		return {
			doctype: this.doctype,
			fields: queryFields(this.meta, this.settings),
			filters: this.filters.map((row) => [this.doctype, ...row]),
			or_filters: this.textFilters(),
			order_by: `\`tab${this.doctype}\`.\`${sort.field}\` ${sort.order}`,
		}
	}

	/** The search box looks into the code, the title and the search fields. */
	textFilters() {
		const text = this.state.text.trim()
		if (!text) return undefined
		const fields = new Set([
			"name",
			this.meta.title_field,
			...String(this.meta.search_fields || "")
				.split(",")
				.map((name) => name.trim()),
		])
		const known = [...fields].filter((name) => name === "name" || this.meta.fieldMap[name])
		return known.map((name) => [this.doctype, name, "like", `%${text}%`])
	}

	/** Loads the rows anew; what is shown stays until they are here. */
	async load() {
		const mine = ++this.turn
		this.state.busy = true
		try {
			const rows = await fetchRows({ ...this.args(), start: 0, page_length: this.state.length, view: "List" })
			if (mine !== this.turn) return
			this.take(rows)
			this.count(mine)
		} catch (error) {
			if (mine === this.turn) this.state.error = error
		} finally {
			if (mine === this.turn) this.state.busy = false
		}
	}

	take(rows) {
		for (const df of this.columns) {
			if (df.fieldtype === "Link")
				for (const row of rows) addTitle(df.options, row[df.fieldname], row[`${df.fieldname}__title`])
		}
		this.rowsRef.value = rows
		this.state.error = null
		this.state.loaded = true
	}

	async count(mine) {
		if (this.rows.length < this.state.length) return void (this.state.count = this.rows.length)
		const { doctype, filters, or_filters } = this.args()
		const count = await fetchCount({ doctype, filters, or_filters, fields: [], distinct: "false" }).catch(
			() => null,
		)
		if (mine === this.turn) this.state.count = count
	}

	more(step = PAGE) {
		this.state.length += step
		return this.load()
	}

	sortBy(field, order) {
		this.state.sort = { field, order }
		return this.load()
	}

	checkedNames() {
		return this.rows.map((row) => row.name).filter((name) => this.state.checked[name])
	}

	checkedRows() {
		return this.rows.filter((row) => this.state.checked[row.name])
	}

	clearChecked() {
		this.state.checked = {}
	}

	/** Mine are the rows assigned to me. */
	onlyMine() {
		return this.setField("_assign", "like", `%${boot.user.name}%`)
	}
}
