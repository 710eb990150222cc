/** `frm`: one open document with its fields, as client scripts and the form view see it. */
import { reactive, shallowRef } from "vue"
import { fetchDoc } from "@/api/documents.js"
import { __ } from "@/i18n/index.js"
import { isTable } from "@/model/fieldtypes.js"
import { addToLocals, getLocal, locals } from "@/model/locals.js"
import { getMeta, loadMeta } from "@/model/meta.js"
import { documentPermissions, fieldStatus, rolePermissions, stateAllowsEdit } from "@/model/perm.js"
import { addTitles } from "@/model/titles.js"
import { addChild, setValue } from "./change.js"
import { Dashboard } from "./dashboard.js"
import { eventsOf, runHandlers } from "./events.js"
import { Field } from "./field.js"
import { fetchLinked } from "./fetch.js"
import { displayMethods } from "./form_display.js"
import { saveMethods } from "./form_save.js"
import { Page } from "./page.js"

/** Types with something to show even without a value. */
const SHOWN_EMPTY = ["HTML", "Heading", "Button", "Image", "Check"]

const isEmptyValue = (value) => value == null || value === "" || (Array.isArray(value) && !value.length)

export class Form {
	isForm = true
	#doc = shallowRef(null)

	/**
	 * @param {string} doctype whose meta is loaded
	 * @param {{navigate?: Function, ask?: Function}} host what the view offers: routing and dialogs
	 */
	constructor(doctype, host = {}) {
		this.doctype = doctype
		this.host = host
		this.meta = getMeta(doctype)
		this.page = new Page()
		this.dashboard = new Dashboard()
		this.cscript = {}
		this.custom_buttons = {}
		this.fetch_dict = {}
		this.ui = reactive({
			saving: false,
			intro: null,
			errors: [],
			tab: "",
			saveDisabled: false,
			readOnly: false,
			docinfo: {},
			transitions: [],
			loaded: 0,
		})
		this.fields = []
		this.fields_dict = {}
		this.makeFields()
		this.events = this.makeEvents()
		this.script_manager = {
			trigger: (event, dt, dn) => this.trigger(event, dt, dn),
			copy_from_first_row: () => {},
		}
		this.wrapper = document.createElement("div")
		this.setupDone = false
	}

	makeFields() {
		for (const df of this.meta.fields) {
			const field = new Field(df, this)
			this.fields.push(field)
			if (df.fieldname) this.fields_dict[df.fieldname] = field
		}
		this.layout = {
			fields_dict: this.fields_dict,
			fields: this.fields,
			refresh_sections() {},
			show_message: (html, color) => this.set_intro(html, color),
		}
	}

	/** `frm.events.x(frm)` and `frm.events.x.call(...)` run every handler registered for `x`. */
	makeEvents() {
		const run =
			(name) =>
			(frm, ...args) =>
				runHandlers(frm || this, name, args[0] || this.doctype, args[1] || this.docname)
		return new Proxy(
			{},
			{
				get: (own, name) => own[name] ?? (eventsOf(this.doctype).includes(name) ? run(name) : undefined),
				has: (own, name) => name in own || eventsOf(this.doctype).includes(name),
			},
		)
	}

	get doc() {
		return this.#doc.value
	}

	set doc(doc) {
		this.#doc.value = doc
	}

	get docname() {
		return this.doc?.name
	}

	get perm() {
		return documentPermissions(this.meta, this.ui.docinfo, this.is_new())
	}

	get $wrapper() {
		return this.page.$wrapper
	}

	get body() {
		return this.wrapper
	}

	get timeline() {
		return { refresh: () => this.reload_docinfo(), insert_comment: () => {} }
	}

	get attachments() {
		return { get_attachments: () => this.ui.docinfo.attachments || [] }
	}

	/**
	 * Shows a document: an unsaved one from this page, else the server's.
	 * @throws {ServerError} 403, 404
	 */
	async open(name) {
		await loadMeta(this.doctype)
		const unsaved = getLocal(this.doctype, name)
		if (unsaved?.__islocal || unsaved?.__unsaved) this.adopt(unsaved, this.ui.docinfo)
		else await this.fetch(name)
		await this.start()
	}

	async fetch(name) {
		const answer = await fetchDoc(this.doctype, name)
		const found = (answer.docs || []).find((doc) => doc.name === name) || answer.docs?.[0]
		if (!found) {
			const error = new Error(__("{0} {1} not found", [__(this.doctype), name]))
			error.isMissing = true
			throw error
		}
		addTitles(answer._link_titles)
		this.adopt(addToLocals(found), answer.docinfo)
	}

	adopt(doc, docinfo) {
		for (const df of this.meta.fields) if (isTable(df)) doc[df.fieldname] ||= []
		this.doc = doc
		this.ui.docinfo = docinfo || {}
		if (!doc.__islocal && !doc.__unsaved) this.rememberOriginal()
	}

	/** Keeps the server's state, to see what the user changed when someone else saved meanwhile. */
	rememberOriginal() {
		this.original = JSON.parse(JSON.stringify(this.doc))
	}

	async start() {
		if (!this.setupDone) {
			this.setupDone = true
			await this.trigger("setup")
		}
		await this.trigger("before_load")
		await this.trigger("onload")
		await this.refresh()
		await this.trigger("onload_post_render")
	}

	async refresh() {
		this.page.reset()
		this.dashboard.reset()
		this.custom_buttons = {}
		this.ui.intro = null
		this.ui.readOnly = !this.may_edit()
		globalThis.cur_frm = this
		await this.host.beforeRefresh?.(this)
		await this.trigger("refresh")
		this.ui.loaded += 1
	}

	may_edit() {
		if (this.doc.docstatus === 2 || !stateAllowsEdit(this.meta, this.doc)) return false
		if (this.is_new()) return Boolean(this.perm[0]?.create)
		return this.perm.some((level) => level?.write)
	}

	/** Throws away what is unsaved and shows the server's state. */
	async reload_doc() {
		if (this.is_new()) return
		await this.fetch(this.docname)
		this.ui.errors = []
		await this.trigger("onload")
		await this.refresh()
	}

	reload() {
		return this.reload_doc()
	}

	async reload_docinfo() {
		const { fetchDocinfo } = await import("@/api/documents.js")
		const answer = await fetchDocinfo(this.doctype, this.docname)
		this.ui.docinfo = answer.docinfo || answer.message || this.ui.docinfo
	}

	get_docinfo() {
		return this.ui.docinfo
	}

	/** Runs the handlers of an event, of this document or of a child row. */
	async trigger(event, doctype = this.doctype, name = this.docname) {
		globalThis.cur_frm = this
		try {
			return await runHandlers(this, event, doctype, name)
		} catch (error) {
			if (error?.isThrown) throw error
			console.error(`Script of ${doctype}, ${event}:`, error)
			return []
		}
	}

	/**
	 * Sets one value, or several from an object, and runs the field handlers.
	 * @returns {Promise<void>} after handlers and fetches
	 */
	async set_value(field, value, ifMissing = false) {
		const values = typeof field === "string" ? { [field]: value } : field
		for (const [name, one] of Object.entries(values)) {
			if (ifMissing && this.doc[name]) continue
			await this.setOne(name, one)
		}
	}

	async setOne(fieldname, value) {
		const df = this.fields_dict[fieldname]?.df
		if (df && isTable(df)) {
			this.clear_table(fieldname)
			for (const row of value || []) this.add_child(fieldname, row)
			this.dirty()
			return
		}
		if (await setValue(this.doc, fieldname, value)) await this.changed(fieldname)
	}

	/** After a value changed: mark unsaved, clear its error, fetch, run handlers. */
	async changed(fieldname, row) {
		this.dirty()
		this.ui.errors = this.ui.errors.filter((error) => error.fieldname !== fieldname)
		await fetchLinked(this, fieldname, row)
		const target = row || this.doc
		await this.trigger(fieldname, target.doctype, target.name)
	}

	add_child(fieldname, values) {
		const df = this.fields_dict[fieldname].df
		const row = addChild(this.doc, fieldname, df.options, values)
		this.trigger(`${fieldname}_add`, row.doctype, row.name)
		return row
	}

	clear_table(fieldname) {
		this.doc[fieldname]?.splice(0)
		this.doc[fieldname] ||= []
	}

	add_fetch(link, source, target, targetDoctype) {
		;(this.fetch_dict[targetDoctype || "*"] ||= {})[link] ||= []
		this.fetch_dict[targetDoctype || "*"][link].push([source, target])
	}

	is_new() {
		return Boolean(this.doc?.__islocal)
	}

	is_dirty() {
		return Boolean(this.doc?.__unsaved)
	}

	dirty() {
		if (this.doc) this.doc.__unsaved = 1
	}

	get_field(name) {
		return this.fields_dict[name]
	}

	get_docfield(name, child) {
		return child ? this.fields_dict[name]?.grid?.get_docfield(child) : this.fields_dict[name]?.df
	}

	get_perm(level, right) {
		return this.perm[level]?.[right]
	}

	has_perm(right) {
		return Boolean(this.perm[0]?.[right])
	}

	get_title() {
		return (this.meta.title_field && this.doc[this.meta.title_field]) || this.docname
	}

	get_sum(table, fieldname) {
		return (this.doc[table] || []).reduce((sum, row) => sum + (Number(row[fieldname]) || 0), 0)
	}

	get_selected() {
		const tables = this.fields.filter((field) => field.grid)
		return Object.fromEntries(
			tables.map((field) => [field.fieldname, field.grid.get_selected()]).filter(([, rows]) => rows.length),
		)
	}

	/** "Write", "Read" or "None"; an empty field that is only read takes no room, as in Frappe. */
	field_status(field, row) {
		const df = field.df || field
		const doc = row || this.doc
		const status = fieldStatus(df, doc, {
			perm: this.perm,
			docstatus: this.doc.docstatus,
			formReadOnly: this.ui.readOnly,
			parent: row ? this.doc : undefined,
			frm: this,
		})
		const bare =
			status === "Read" && !row && !SHOWN_EMPTY.includes(df.fieldtype) && isEmptyValue(doc[df.fieldname])
		return bare ? "None" : status
	}

	/** Runs a whitelisted method of the document's controller; the document comes back changed. */
	call(options, args, callback) {
		const given = typeof options === "string" ? { method: options, args, callback } : { ...options }
		if (!given.doc && given.method && !given.method.includes(".")) given.doc = this.doc
		return globalThis.frappe.call(given).then((answer) => {
			this.refresh_fields()
			return answer
		})
	}
}

Object.assign(Form.prototype, displayMethods, saveMethods)

/** Rights on a DocType when no document is open. */
export const doctypePermissions = (doctype) => rolePermissions(getMeta(doctype) || { permissions: [] })

export { locals }
