/** A new document as the client makes it: defaults of fields, user and route. */
import { boot } from "@/boot/boot.js"
import { now, today, toDatetime, toTime } from "./dates.js"
import { isTable } from "./fieldtypes.js"
import { newName } from "./locals.js"
import { getMeta } from "./meta.js"

const NUMERIC = ["Int", "Float", "Currency", "Percent", "Check", "Long Int"]

const WORDS = {
	today: () => today(),
	now: (df) =>
		df.fieldtype === "Time" ? toTime(now()) : df.fieldtype === "Date" ? today() : toDatetime(now()),
	__user: () => boot.user.name,
	user: () => boot.user.name,
}

function userDefault(df) {
	const defaults = boot.user.defaults || {}
	if (df.fieldtype !== "Link" || df.ignore_user_permissions) return undefined
	const allowed = boot.user_permissions?.[df.options]
	const preset = allowed?.find((row) => row.is_default) || (allowed?.length === 1 ? allowed[0] : null)
	if (preset) return preset.doc
	const value = defaults[df.fieldname]
	return Array.isArray(value) ? undefined : value
}

/** The starting value of a field, or undefined. */
export function defaultValue(df, doc) {
	const text = df.default
	if (text != null && text !== "") return written(df, String(text))
	const own = userDefault(df)
	if (own !== undefined) return own
	if (df.fieldtype === "Select" && df.reqd && doc) return firstOption(df)
	return df.fieldtype === "Check" ? 0 : undefined
}

/** A default as it is written in the field: a word like Today, a reference to a site default, or a value. */
function written(df, text) {
	const key = text.toLowerCase()
	if (WORDS[key] && (key !== "user" || df.options === "User")) return WORDS[key](df)
	if (text.startsWith(":")) return boot.sysdefaults?.[text.slice(1).toLowerCase()]
	if (text.startsWith("eval:")) return undefined
	return NUMERIC.includes(df.fieldtype) ? Number(text) || 0 : text
}

function firstOption(df) {
	const first = String(df.options || "").split("\n")[0]
	return first || undefined
}

/**
 * Makes an unsaved document with its defaults; the caller puts it into `locals`.
 * @param {string} doctype
 * @param {{parent?: object, parentfield?: string, values?: object}} [options]
 */
export function makeDoc(doctype, { parent, parentfield, values } = {}) {
	const doc = {
		doctype,
		name: newName(doctype),
		__islocal: 1,
		__unsaved: 1,
		docstatus: 0,
		owner: boot.user.name,
	}
	if (parent) Object.assign(doc, { parent: parent.name, parenttype: parent.doctype, parentfield })
	for (const df of getMeta(doctype)?.fields || []) {
		if (isTable(df)) doc[df.fieldname] = []
		else if (df.fieldname) {
			const value = defaultValue(df, doc)
			if (value !== undefined) doc[df.fieldname] = value
		}
	}
	return Object.assign(doc, values)
}

/** A copy without what belongs to the original: name, state, `no_copy` fields. */
export function copyDoc(source, { keepAll = false } = {}) {
	const doc = makeDoc(source.doctype)
	for (const df of getMeta(source.doctype)?.fields || []) {
		if (!df.fieldname || (df.no_copy && !keepAll)) continue
		const value = source[df.fieldname]
		if (isTable(df)) doc[df.fieldname] = (value || []).map((row, i) => copyRow(row, doc, df, i))
		else if (value !== undefined) doc[df.fieldname] = value
	}
	return doc
}

function copyRow(row, parent, df, index) {
	const copy = makeDoc(row.doctype || df.options, { parent, parentfield: df.fieldname })
	for (const field of getMeta(df.options)?.fields || []) {
		if (field.fieldname && !field.no_copy && row[field.fieldname] !== undefined)
			copy[field.fieldname] = row[field.fieldname]
	}
	copy.idx = index + 1
	return copy
}
