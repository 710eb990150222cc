/** `field.grid`: a child table as scripts see it. */
import { reactive } from "vue"
import { getMeta } from "@/model/meta.js"
import { cint } from "@/model/numbers.js"
import { ButtonHandle } from "./buttons.js"
import { $ } from "./dom.js"

export class Grid {
	constructor(field) {
		this.field = field
		this.df = field.df
		this.frm = field.frm
		this.overrides = reactive({})
		this.queries = {}
		this.ui = reactive({ buttons: [], checked: {}, open: null, version: 0 })
		this.grid_buttons = $("<div></div>")
		this.custom_buttons = {}
	}

	get doctype() {
		return this.df.options
	}

	get doc() {
		return this.field.doc
	}

	get wrapper() {
		return this.field.$wrapper
	}

	get data() {
		return this.field.value || []
	}

	get cannot_add_rows() {
		return Boolean(this.df.cannot_add_rows)
	}

	set cannot_add_rows(value) {
		this.df.cannot_add_rows = value
	}

	set cannot_delete_rows(value) {
		this.df.cannot_delete_rows = value
	}

	set only_sortable(value) {
		this.df.only_sortable = value
	}

	/** Row handles as scripts use them: `{doc, idx, toggle_view, get_field}`. */
	get grid_rows() {
		return this.data.map((doc) => this.row(doc))
	}

	get grid_rows_by_docname() {
		return Object.fromEntries(this.data.map((doc) => [doc.name, this.row(doc)]))
	}

	row(doc) {
		return {
			doc,
			idx: doc.idx,
			name: doc.name,
			grid: this,
			get docfields() {
				return this.grid.docfields
			},
			toggle_view: (show = true) => (this.ui.open = show ? doc.name : null),
			get_field: (fieldname) => this.get_field(fieldname),
			on_grid_fields_dict: this.fields_dict,
			refresh_field: () => this.refresh(),
			refresh: () => this.refresh(),
			toggle_editable: (fieldname, on) => this.update_docfield_property(fieldname, "read_only", on ? 0 : 1),
			toggle_display: (fieldname, on) => this.update_docfield_property(fieldname, "hidden", on ? 0 : 1),
			toggle_reqd: (fieldname, on) => this.update_docfield_property(fieldname, "reqd", on ? 1 : 0),
			remove: () => this.remove(doc),
		}
	}

	get docfields() {
		void this.ui.version
		return (getMeta(this.doctype)?.fields || []).map((df) => ({ ...df, ...this.overrides[df.fieldname] }))
	}

	get meta() {
		return getMeta(this.doctype)
	}

	get fields_map() {
		return Object.fromEntries(this.docfields.map((df) => [df.fieldname, df]))
	}

	get fields_dict() {
		return Object.fromEntries(this.docfields.map((df) => [df.fieldname, this.get_field(df.fieldname)]))
	}

	get_docfield(fieldname) {
		return this.docfields.find((df) => df.fieldname === fieldname)
	}

	/** An object whose `get_query` scripts set and whose `df` they read. */
	get_field(fieldname) {
		this.queries[fieldname] ||= { df: { fieldname }, get_query: null, grid: this }
		this.queries[fieldname].df = this.get_docfield(fieldname) || { fieldname }
		return this.queries[fieldname]
	}

	update_docfield_property(fieldname, property, value) {
		this.overrides[fieldname] = { ...this.overrides[fieldname], [property]: value }
		this.ui.version += 1
	}

	set_column_disp(fieldnames, visible) {
		for (const name of [].concat(fieldnames)) this.update_docfield_property(name, "hidden", visible ? 0 : 1)
	}

	toggle_display(fieldname, visible) {
		this.set_column_disp(fieldname, visible)
	}

	toggle_reqd(fieldname, required) {
		this.update_docfield_property(fieldname, "reqd", required ? 1 : 0)
	}

	toggle_enable(fieldname, enabled) {
		this.update_docfield_property(fieldname, "read_only", enabled ? 0 : 1)
	}

	add_custom_button(label, action, position = "bottom") {
		const handle = new ButtonHandle({ label, action, group: position })
		this.ui.buttons = [...this.ui.buttons.filter((button) => button.state.label !== label), handle]
		this.custom_buttons[label] = handle
		return handle
	}

	clear_custom_buttons() {
		this.ui.buttons = []
	}

	/** Adds a row (at `idx`, else at the end) and returns it. */
	add_new_row(idx, _callback, show) {
		const row = this.field.host.add_child(this.df.fieldname, {})
		if (idx) this.move(row, idx)
		if (show) this.ui.open = row.name
		return row
	}

	move(row, idx) {
		const rows = this.data
		const from = rows.findIndex((one) => one.name === row.name)
		rows.splice(cint(idx) - 1, 0, rows.splice(from, 1)[0])
		this.renumber()
	}

	renumber() {
		this.data.forEach((row, i) => (row.idx = i + 1))
	}

	remove(row) {
		const at = this.data.findIndex((one) => one.name === row.name)
		if (at >= 0) this.data.splice(at, 1)
		this.renumber()
		this.field.host.dirty?.()
	}

	remove_all() {
		this.data.splice(0)
		this.field.host.dirty?.()
	}

	get_selected() {
		return Object.keys(this.ui.checked).filter((name) => this.ui.checked[name])
	}

	get_selected_children() {
		return this.data.filter((row) => this.ui.checked[row.name])
	}

	get_grid_row(name) {
		return this.grid_rows_by_docname[name]
	}

	get_data() {
		return this.data
	}

	set_multiple_add() {}
	setup_download() {}
	setup_columns() {}
	reset_grid() {
		this.refresh()
	}

	refresh() {
		this.ui.version += 1
	}

	refresh_row() {
		this.refresh()
	}
}
