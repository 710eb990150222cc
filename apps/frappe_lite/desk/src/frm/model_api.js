/** `frappe.model`, `frappe.meta`, `frappe.perm` of the desk. */
import { fetchDoc } from "@/api/documents.js"
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"
import { copyDoc, makeDoc } from "@/model/defaults.js"
import {
	isTable,
	LAYOUT_TYPES,
	NO_VALUE_TYPES,
	NUMBER_TYPES,
	STANDARD_FIELDS,
	TABLE_TYPES,
} from "@/model/fieldtypes.js"
import { addToLocals, locals, removeFromLocals, scrub, slug } from "@/model/locals.js"
import { getField, getMeta, hasField, loadMeta, stateField, workflowOf } from "@/model/meta.js"
import { canCreate, canRead, canWrite, may, rolePermissions } from "@/model/perm.js"
import { addChild, setValue } from "./change.js"
import { db, frappeCall, sync } from "./call.js"

const find = (doctype, name) => (typeof doctype === "object" ? doctype : locals[doctype]?.[name])

/** Sets values of a document in `locals` and runs the form's handlers. */
async function set_value(doctype, name, fieldname, value) {
	const doc = find(doctype, name)
	if (!doc) return
	const values = typeof fieldname === "object" ? fieldname : { [fieldname]: value }
	const frm = globalThis.cur_frm
	const isMain = frm?.doc === doc || (frm?.doctype === doc.doctype && frm?.docname === doc.name)
	for (const [key, one] of Object.entries(values)) {
		if (isMain) await frm.set_value(key, one)
		else if ((await setValue(doc, key, one)) && frm?.docname === doc.parent) await frm.changed(key, doc)
	}
}

function get_value(doctype, name, fieldname, callback) {
	if (callback) return db.get_value(doctype, name, fieldname, callback)
	return find(doctype, name)?.[fieldname]
}

function add_child(parent, second, third, idx) {
	const fieldname = third || second
	const df = getField(parent.doctype, fieldname)
	const row = addChild(parent, fieldname, third ? second : df.options)
	if (idx) globalThis.cur_frm?.fields_dict[fieldname]?.grid.move(row, idx)
	globalThis.cur_frm?.dirty()
	return row
}

async function with_doctype(doctype, callback) {
	const meta = await loadMeta(doctype)
	callback?.(meta)
	return meta
}

async function with_doc(doctype, name, callback) {
	if (!locals[doctype]?.[name]) sync(await fetchDoc(doctype, name))
	callback?.(name, locals[doctype]?.[name])
	return locals[doctype]?.[name]
}

async function open_mapped_doc({ method, frm, source_name, args, run_link_triggers }) {
	const source = frm || globalThis.cur_frm
	const answer = await frappeCall({
		method: "frappe.model.mapper.make_mapped_doc",
		args: {
			method,
			source_name: source_name || source?.docname,
			args,
			selected_children: source?.get_selected(),
		},
	})
	void run_link_triggers
	const doc = answer.message
	if (!doc) return undefined
	await loadMeta(doc.doctype)
	const local = addToLocals({
		...doc,
		name: doc.name || makeDoc(doc.doctype).name,
		__islocal: 1,
		__unsaved: 1,
	})
	globalThis.frappe.set_route("Form", local.doctype, local.name)
	return local
}

export const model = {
	no_value_type: NO_VALUE_TYPES,
	layout_fields: LAYOUT_TYPES,
	table_fields: TABLE_TYPES,
	numeric_fieldtypes: NUMBER_TYPES,
	std_fields: STANDARD_FIELDS,
	std_fields_list: STANDARD_FIELDS.map((df) => df.fieldname),
	events: {},
	set_value,
	get_value,
	add_child,
	with_doctype,
	with_doc,
	open_mapped_doc,
	sync,
	scrub,
	unscrub: (text) => text.replace(/[_-]/g, " ").replace(/\b\w/g, (char) => char.toUpperCase()),
	get_doc: find,
	get_list: (doctype, filters = {}) =>
		Object.values(locals[doctype] || {}).filter((doc) =>
			Object.entries(filters).every(([key, value]) => doc[key] === value),
		),
	get_children: (doc, fieldname, filters) => {
		const rows = (typeof doc === "object" ? doc[fieldname] : []) || []
		return filters
			? rows.filter((row) => Object.entries(filters).every(([key, value]) => row[key] === value))
			: rows
	},
	get_new_doc: (doctype, parent, parentfield) => addToLocals(makeDoc(doctype, { parent, parentfield })),
	make_new_doc_and_get_name: (doctype) => addToLocals(makeDoc(doctype)).name,
	get_new_name: (doctype) => makeDoc(doctype).name,
	copy_doc: (doc) => addToLocals(copyDoc(doc)),
	clear_table: (doc, fieldname) => (doc[fieldname] || (doc[fieldname] = [])).splice(0),
	clear_doc: (doctype, name) => removeFromLocals(doctype, name),
	remove_from_locals: removeFromLocals,
	can_create: canCreate,
	can_read: canRead,
	can_write: canWrite,
	can_get_report: (doctype) => may("get_report", doctype),
	can_delete: (doctype) => may("delete", doctype),
	can_cancel: (doctype) => may("cancel", doctype),
	can_print: (doctype) => may("print", doctype),
	can_email: (doctype) => may("email", doctype),
	can_import: (doctype) => may("import", doctype),
	can_export: (doctype) => may("export", doctype),
	is_submittable: (doctype) => Boolean(getMeta(doctype)?.is_submittable),
	is_table: (doctype) => Boolean(getMeta(doctype)?.istable),
	is_single: (doctype) => (boot.single_types || []).includes(doctype),
	is_value_type: (type) => !NO_VALUE_TYPES.includes(type?.fieldtype || type),
	has_value: (doctype, name, fieldname) => Boolean(find(doctype, name)?.[fieldname]),
	has_workflow: (doctype) => Boolean(workflowOf(getMeta(doctype))),
	get_workflow: (doctype) => workflowOf(getMeta(doctype)),
	get_server_module_name: () => "",
	round_floats_in: () => {},
	user_settings: {
		get: () => Promise.resolve({}),
		save: () => Promise.resolve(),
		update: () => Promise.resolve(),
	},
	delete_doc: (doctype, name, callback) => db.delete_doc(doctype, name).then(callback),
	rename_doc: () => {},
	validate_missing(doc, fieldname) {
		if (doc[fieldname]) return
		globalThis.frappe.throw(
			__("Please specify {0} first", [__(getField(doc.doctype, fieldname)?.label || fieldname)]),
		)
	},
	trigger: (fieldname, value, doc) => globalThis.cur_frm?.trigger(fieldname, doc.doctype, doc.name),
	on: (doctype, fieldname, fn) =>
		globalThis.frappe.ui.form.on(doctype, fieldname, (_frm, cdt, cdn) =>
			fn(fieldname, null, locals[cdt]?.[cdn]),
		),
}

export const meta = {
	get_meta: getMeta,
	get_docfield: (doctype, fieldname, name) => {
		const frm = globalThis.cur_frm
		if (frm?.doctype === doctype && name === frm.docname) return frm.fields_dict[fieldname]?.df
		return getField(doctype, fieldname)
	},
	get_docfields: (doctype) => getMeta(doctype)?.fields || [],
	get_field: getField,
	get_label: (doctype, fieldname) => __(getField(doctype, fieldname)?.label || fieldname),
	has_field: hasField,
	get_table_fields: (doctype) => (getMeta(doctype)?.fields || []).filter(isTable),
	get_fieldnames: (doctype) => (getMeta(doctype)?.fields || []).map((df) => df.fieldname),
	get_translated_label: (doctype, fieldname) => meta.get_label(doctype, fieldname),
	get_print_formats: (doctype) => (getMeta(doctype)?.__print_formats || []).map((format) => format.name),
	get_field_precision: (df) => Number(df?.precision) || Number(boot.sysdefaults?.float_precision) || 3,
	is_submittable: model.is_submittable,
	docfield_map: new Proxy({}, { get: (_, doctype) => getMeta(doctype)?.fieldMap || {} }),
	docfield_list: new Proxy({}, { get: (_, doctype) => getMeta(doctype)?.fields || [] }),
	get_state_fieldname: (doctype) => stateField(getMeta(doctype)),
}

export const perm = {
	has_perm(doctype, level = 0, right = "read", doc = null) {
		const frm = globalThis.cur_frm
		if (doc && frm?.doc === doc) return Boolean(frm.perm[level]?.[right])
		const loaded = getMeta(doctype)
		return loaded ? Boolean(rolePermissions(loaded)[level]?.[right]) : may(right, doctype)
	},
	get_perm: (doctype) => rolePermissions(getMeta(doctype) || { permissions: [] }),
	get_field_display_status: (df, doc) => globalThis.cur_frm?.field_status({ df }, doc) || "Read",
	is_visible: (df, doc) => perm.get_field_display_status(df, doc) !== "None",
}

export const workflow = {
	get_state_fieldname: meta.get_state_fieldname,
	get_state: (doc) => doc[stateField(getMeta(doc.doctype))],
	get_transitions: (doc) =>
		frappeCall({ method: "frappe.model.workflow.get_transitions", args: { doc } }).then(
			(answer) => answer.message,
		),
	is_read_only: () => false,
	setup: () => {},
}

export { slug }
