/** Fields without a document of their own: dialogs, prompts, report filters. */
import { reactive } from "vue"
import { boot } from "@/boot/boot.js"
import { hasValue, isTable } from "@/model/fieldtypes.js"
import { defaultValue } from "@/model/defaults.js"
import { newName } from "@/model/locals.js"
import { getMeta, setMeta } from "@/model/meta.js"
import { fieldStatus, isRequired } from "@/model/perm.js"
import { __ } from "@/i18n/index.js"
import { addChild } from "./change.js"
import { Field } from "./field.js"

let counter = 0

export class FieldGroup {
	/** @param {{fields: object[], doc?: object, onChange?: Function}} options */
	constructor({ fields = [], doc, onChange } = {}) {
		counter += 1
		this.doctype = `__group_${counter}`
		this.doc = reactive(
			doc || { doctype: this.doctype, name: this.doctype, docstatus: 0, __islocal: 1, owner: boot.user.name },
		)
		this.onChange = onChange
		this.ui = reactive({ errors: [], tab: "", readOnly: false, loaded: 0 })
		this.fields = []
		this.fields_dict = {}
		this.setFields(fields)
	}

	get fields_list() {
		return this.fields
	}

	get docname() {
		return this.doc.name
	}

	get wrapper() {
		return (this.element ||= document.createElement("div"))
	}

	setFields(fields) {
		this.fields = fields.map(
			(df, i) =>
				new Field({ fieldname: df.fieldname || `__${df.fieldtype}_${i}`, fieldtype: "Data", ...df }, this),
		)
		for (const field of this.fields) {
			this.fields_dict[field.fieldname] = field
			this.prepare(field)
		}
	}

	prepare(field) {
		const { df } = field
		if (isTable(df)) {
			if (Array.isArray(df.fields) && !getMeta(df.options)) {
				df.options ||= newName("table")
				setMeta({ name: df.options, istable: 1, fields: df.fields })
			}
			this.doc[df.fieldname] = []
			for (const row of (typeof df.get_data === "function" ? df.get_data() : df.data) || [])
				this.add_child(df.fieldname, row)
		} else if (hasValue(df) && this.doc[df.fieldname] === undefined) this.doc[df.fieldname] = startValue(df)
	}

	add_fields(fields) {
		this.setFields([...this.fields.map((field) => field.df), ...fields])
		this.ui.loaded += 1
	}

	field_status(field, row) {
		const df = field.df || field
		return fieldStatus(df, row || this.doc, {
			docstatus: 0,
			formReadOnly: false,
			parent: row ? this.doc : undefined,
		})
	}

	async set_value(fieldname, value) {
		if (typeof fieldname === "object") return this.set_values(fieldname)
		const field = this.fields_dict[fieldname]
		if (this.doc[fieldname] === value) return undefined
		this.doc[fieldname] = value
		this.ui.errors = this.ui.errors.filter((error) => error.fieldname !== fieldname)
		return this.changed(fieldname, field)
	}

	async changed(fieldname, field = this.fields_dict[fieldname]) {
		const df = field?.df
		await (df?.onchange || df?.change || df?.on_change)?.call(field, field)
		this.onChange?.(fieldname)
	}

	async set_values(values) {
		for (const [name, value] of Object.entries(values || {})) {
			if (this.fields_dict[name]?.grid) {
				this.clear_table(name)
				for (const row of value || []) this.add_child(name, row)
			} else await this.set_value(name, value)
		}
	}

	get_field(name) {
		return this.fields_dict[name]
	}

	has_field(name) {
		return Boolean(this.fields_dict[name])
	}

	get_input(name) {
		return this.fields_dict[name]?.$input
	}

	get_value(name) {
		return this.doc[name]
	}

	/** All values; null (with the reason at the fields) when a required one is missing. */
	get_values(ignoreErrors = false) {
		const values = {}
		const errors = []
		for (const { df, fieldname } of this.fields) {
			if (!hasValue(df)) continue
			const value = this.doc[fieldname]
			const empty = value == null || value === "" || (Array.isArray(value) && !value.length)
			if (
				empty &&
				df.fieldtype !== "Check" &&
				isRequired(df, this.doc) &&
				this.field_status({ df }) === "Write"
			)
				errors.push({ fieldname, label: __(df.label), message: __("{0} is required", [__(df.label)]) })
			if (!empty) values[fieldname] = value
		}
		if (ignoreErrors) return values
		this.ui.errors = errors
		return errors.length ? null : values
	}

	set_df_property(fieldname, property, value) {
		const field = this.fields_dict[fieldname]
		if (field) field.df[property] = value
	}

	set_query(fieldname, query) {
		if (this.fields_dict[fieldname]) this.fields_dict[fieldname].get_query = query
	}

	add_child(fieldname, values) {
		const df = this.fields_dict[fieldname].df
		return addChild(this.doc, fieldname, df.options, values)
	}

	clear_table(fieldname) {
		this.doc[fieldname].splice(0)
	}

	clear() {
		for (const { df, fieldname } of this.fields)
			if (hasValue(df)) this.doc[fieldname] = isTable(df) ? [] : startValue(df)
	}

	dirty() {}

	refresh() {
		this.ui.loaded += 1
	}

	refresh_fields() {
		this.refresh()
	}

	refresh_sections() {}

	focus_on_first_input() {
		this.fields.find((field) => hasValue(field.df))?.set_focus()
	}
}

function startValue(df) {
	if (typeof df.default === "function") return df.default()
	return defaultValue(df) ?? (df.fieldtype === "Check" ? 0 : df.fieldtype === "MultiSelectList" ? [] : "")
}
