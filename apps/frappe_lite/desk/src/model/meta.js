/** DocType definitions, loaded once per page; what the form, list and scripts know of a DocType. */
import { fetchDoctype } from "@/api/documents.js"
import { boot } from "@/boot/boot.js"
import { isTable, STANDARD_FIELDS } from "./fieldtypes.js"
import { addToLocals, locals } from "./locals.js"

const metas = new Map()
const pending = new Map()
const hooks = []

/** Calls `fn(meta)` once for every DocType that is loaded (used to run its client scripts). */
export function onMetaLoaded(fn) {
	hooks.push(fn)
}

/** The definition if it is already here, else undefined. */
export const getMeta = (doctype) => metas.get(doctype)

/**
 * Loads a DocType with the DocTypes of its tables.
 * @returns {Promise<object>} the meta
 * @throws {ServerError} 403 or 404
 */
export function loadMeta(doctype, { fresh = false } = {}) {
	if (fresh) metas.delete(doctype)
	if (metas.has(doctype)) return Promise.resolve(metas.get(doctype))
	if (!pending.has(doctype)) {
		const job = fetchDoctype(doctype)
			.then((answer) => {
				adoptMeta(answer)
				return metas.get(doctype)
			})
			.finally(() => pending.delete(doctype))
		pending.set(doctype, job)
	}
	return pending.get(doctype)
}

/** Registers the definitions of a `getdoctype` answer: children first, the DocType itself last. */
export function adoptMeta(answer) {
	const docs = [...(answer.docs || [])].sort((a, b) => Number(b.istable || 0) - Number(a.istable || 0))
	for (const meta of docs) registerMeta(meta)
	if (answer.user_settings)
		boot.user_settings = { ...boot.user_settings, [docs.at(-1)?.name]: answer.user_settings }
}

function registerMeta(meta) {
	meta.fields ||= []
	meta.permissions ||= []
	meta.fieldMap = Object.fromEntries(meta.fields.filter((df) => df.fieldname).map((df) => [df.fieldname, df]))
	metas.set(meta.name, meta)
	;(locals.DocType ||= {})[meta.name] = meta
	if (meta.__messages) boot.__messages = { ...boot.__messages, ...meta.__messages }
	for (const workflow of meta.__workflow_docs || [])
		if (workflow.doctype && workflow.name) addToLocals(workflow)
	for (const hook of hooks) hook(meta)
}

/** Adds a definition from elsewhere (tests, a virtual table of a dialog). */
export const setMeta = (meta) => registerMeta(meta)

/** The field of a DocType, or the standard field of that name. */
export function getField(doctype, fieldname) {
	return metas.get(doctype)?.fieldMap[fieldname] || STANDARD_FIELDS.find((df) => df.fieldname === fieldname)
}

export const hasField = (doctype, fieldname) => Boolean(metas.get(doctype)?.fieldMap[fieldname])

export const tableFields = (meta) => meta.fields.filter(isTable)

/** Field that names a record to a reader; `name` when none is set. */
export function titleField(meta) {
	const wanted = meta?.title_field
	if (wanted && meta.fieldMap[wanted]) return wanted
	return "name"
}

/** The active workflow of a DocType as sent with its definition, or null. */
export function workflowOf(meta) {
	const docs = meta?.__workflow_docs || []
	return docs.find((doc) => doc.doctype === "Workflow") || null
}

export function stateField(meta) {
	return workflowOf(meta)?.workflow_state_field || ""
}

/** The `Workflow State` record (for its style) of a state's name. */
export function workflowState(meta, state) {
	return (meta?.__workflow_docs || []).find((doc) => doc.doctype === "Workflow State" && doc.name === state)
}
