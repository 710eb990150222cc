/** `frappe.call`, `xcall`, `frappe.db.*`. */
import { callMethod, request } from "@/api/client.js"
import { addToLocals } from "@/model/locals.js"
import { addTitles } from "@/model/titles.js"
import { reportError } from "@/ui/report.js"
import { serialise } from "./change.js"

/** Takes documents of an answer into `locals`, as every desk call does. */
export function sync(answer) {
	const docs = answer?.docs || (Array.isArray(answer) ? answer : answer?.doctype ? [answer] : [])
	for (const doc of docs) if (doc?.doctype && doc.name && doc.doctype !== "DocType") addToLocals(doc)
	addTitles(answer?._link_titles)
	return docs
}

function methodOf(options) {
	if (options.module && options.page)
		return `${options.module}.page.${options.page}.${options.page}.${options.method}`
	return options.method
}

function send(options) {
	const settings = { silent: options.silent }
	if (options.doc) {
		const args = { docs: JSON.stringify(serialise(options.doc)), method: options.method, args: options.args }
		return callMethod("run_doc_method", args, settings)
	}
	if (options.url && !options.method)
		return request(options.url, { method: options.type || "POST", form: options.args, ...settings })
	const verb = options.type === "GET" ? { method: "GET" } : {}
	return callMethod(methodOf(options), options.args || {}, { ...settings, ...verb })
}

/**
 * As Frappe: `call(method, args, callback)` or `call({method, args, doc, callback, error, always, freeze, btn})`.
 * A failure is shown to the reader; the promise is rejected.
 */
export async function frappeCall(first, args, callback) {
	const options = typeof first === "string" ? { method: first, args, callback } : { ...first }
	const button = options.btn?.prop ? options.btn : null
	button?.prop("disabled", true)
	try {
		const answer = await send(options)
		if (options.doc) sync(answer)
		if (options.success) await options.success(answer)
		await options.callback?.(answer)
		return answer
	} catch (error) {
		if (options.error) options.error(error)
		else if (!options.silent) reportError(error)
		throw markShown(error)
	} finally {
		button?.prop("disabled", false)
		options.always?.()
	}
}

function markShown(error) {
	error.isHandled = true
	return error
}

export const xcall = (method, params, type) =>
	frappeCall({ method, args: params, type }).then((answer) => answer.message)

const client = (name, args, options) => xcallQuiet(`frappe.client.${name}`, args, options)

const xcallQuiet = (method, args, options) =>
	callMethod(method, args, options).then((answer) => answer.message)

/** `frappe.db` of the desk. */
export const db = {
	get_list: (doctype, args = {}) =>
		xcallQuiet("frappe.desk.reportview.get_list", {
			doctype,
			fields: ["name"],
			page_length: args.limit || 20,
			...args,
		}),
	get_all: (doctype, args) => db.get_list(doctype, args),
	async get_value(doctype, filters, fieldname, callback, parent) {
		const message = await client("get_value", { doctype, fieldname, filters, parent })
		callback?.(message)
		return { message }
	},
	async get_single_value(doctype, field) {
		return client("get_single_value", { doctype, field })
	},
	set_value(doctype, name, fieldname, value, callback) {
		return frappeCall({
			method: "frappe.client.set_value",
			args: { doctype, name, fieldname, value },
			callback,
		})
	},
	async get_doc(doctype, name, filters) {
		const doc = await client("get", { doctype, name: name ?? doctype, filters })
		return addToLocals(doc)
	},
	insert: (doc) =>
		frappeCall({ method: "frappe.client.insert", args: { doc } }).then((answer) => answer.message),
	delete_doc: (doctype, name) => frappeCall({ method: "frappe.client.delete", args: { doctype, name } }),
	async exists(doctype, name) {
		const filters = typeof name === "object" ? name : { name }
		return Boolean((await client("get_value", { doctype, filters, fieldname: "name" }))?.name)
	},
	count: (doctype, args = {}) =>
		xcallQuiet("frappe.client.get_count", { doctype, filters: args.filters || {} }),
	get_link_options: (doctype, txt = "", filters = {}) =>
		xcallQuiet("frappe.desk.search.search_link", { doctype, txt, filters, page_length: 50 }),
}

/** Runs functions one after the other, each after the promise of the one before. */
export function runSerially(tasks) {
	return tasks.reduce((before, task) => before.then((value) => task?.(value)), Promise.resolve())
}
