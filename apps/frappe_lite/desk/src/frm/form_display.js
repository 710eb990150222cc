/** The part of `frm` that changes how the form looks: properties, buttons, notes, queries. */
import { __ } from "@/i18n/index.js"
import { $ } from "./dom.js"

export const displayMethods = {
	set_df_property(fieldname, property, value, docname, tableField, rowName) {
		if (tableField && docname)
			return this.setRowProperty(
				docname === this.docname ? fieldname : docname,
				tableField,
				property,
				value,
				rowName,
			)
		const field = this.fields_dict[fieldname]
		if (field) field.df[property] = value
		return undefined
	},

	setRowProperty(table, fieldname, property, value) {
		this.fields_dict[table]?.grid?.update_docfield_property(fieldname, property, value)
	},

	field_map(names, fn) {
		for (const name of [].concat(names)) {
			const field = this.fields_dict[name]
			if (field) fn(field.df, field)
		}
	},

	toggle_display(names, visible) {
		this.field_map(names, (df) => (df.hidden = visible ? 0 : 1))
	},

	toggle_reqd(names, required) {
		this.field_map(names, (df) => (df.reqd = required ? 1 : 0))
	},

	toggle_enable(names, enabled) {
		this.field_map(names, (df) => (df.read_only = enabled ? 0 : 1))
	},

	/** `set_query(field, fn)` or `set_query(child_field, table, fn)`. */
	set_query(fieldname, first, second) {
		const table = typeof first === "string" && second !== undefined ? first : null
		const query = table ? second : first
		if (table) {
			const grid = this.fields_dict[table]?.grid
			if (grid) grid.get_field(fieldname).get_query = query
		} else if (this.fields_dict[fieldname]) this.fields_dict[fieldname].get_query = query
	},

	set_indicator_formatter(fieldname, getColor, getText) {
		this.field_map(fieldname, (df) => (df.formatter = { getColor, getText }))
	},

	refresh_field(fieldname) {
		this.fields_dict[fieldname]?.refresh()
	},

	refresh_fields() {
		for (const field of this.fields) field.grid?.refresh()
		this.ui.loaded += 1
	},

	refresh_header() {
		this.ui.loaded += 1
	},

	add_custom_button(label, action, group, type) {
		const handle = this.page.add_inner_button(label, action, group || null, type || "default")
		this.custom_buttons[label] = handle
		return handle
	},

	remove_custom_button(label, group) {
		this.page.remove_inner_button(label, group)
		delete this.custom_buttons[label]
	},

	clear_custom_buttons() {
		this.page.clear_inner_toolbar()
		this.custom_buttons = {}
	},

	change_custom_button_type(label, group, type) {
		this.page.change_inner_button_type(label, group, type)
	},

	add_web_link(path, label) {
		this.page.add_menu_item(__(label || "See on Website"), () => window.open(path, "_blank", "noopener"))
	},

	set_intro(html, color = "blue") {
		this.ui.intro = html ? { html, color } : null
	},

	set_footnote(html) {
		this.ui.footnote = html
	},

	disable_save(keepReadable) {
		this.ui.saveDisabled = true
		if (keepReadable) this.ui.readOnly = true
	},

	enable_save() {
		this.ui.saveDisabled = false
	},

	disable_form() {
		this.ui.readOnly = true
		this.ui.saveDisabled = true
	},

	set_read_only() {
		this.ui.readOnly = true
	},

	hide_loading_screen() {},

	/** Opens the tab and section of a field and puts the cursor into it. */
	scroll_to_field(fieldname) {
		this.host.scrollTo?.(fieldname)
		this.fields_dict[fieldname]?.set_focus()
	},

	focus_on_first_input() {
		const first = this.fields.find((field) => this.field_status(field) === "Write")
		first?.set_focus()
	},

	set_active_tab(tab) {
		this.ui.tab = typeof tab === "string" ? tab : tab?.df?.fieldname || ""
	},

	get_active_tab() {
		return { df: this.fields_dict[this.ui.tab]?.df || { fieldname: this.ui.tab } }
	},

	open_grid_row(name) {
		for (const field of this.fields) if (field.grid) field.grid.ui.open = name
		return name
	},

	update_in_all_rows(table, fieldname, value) {
		for (const row of this.doc[table] || []) row[fieldname] = value
		this.refresh_field(table)
	},

	set_fields_as_options(fieldname, _doctype, _filter, defaults = []) {
		this.set_df_property(fieldname, "options", defaults.join("\n"))
	},

	set_currency_labels() {},
	show_submit_message() {},
	toggle_form_sidebar() {},

	print_doc() {
		this.host.print?.(this)
	},

	get_html_field(fieldname) {
		return $(this.fields_dict[fieldname]?.element)
	},
}
