/** `depends_on` and its kind: a bare fieldname, `eval:<expression>` or a function. */

const compiled = new Map()

const HELPERS = {
	in_list: (list, value) => (list || []).includes(value),
	cint: (value) => Number.parseInt(value, 10) || 0,
	flt: (value) => Number.parseFloat(value) || 0,
	cstr: (value) => String(value ?? ""),
	is_null: (value) => value == null || value === "",
}

function compile(code) {
	if (!compiled.has(code)) {
		const names = ["doc", "parent", "frm", "cur_frm", "frappe", ...Object.keys(HELPERS)]
		compiled.set(code, new Function(...names, `"use strict"; return (${code});`))
	}
	return compiled.get(code)
}

/**
 * Evaluates an expression an administrator wrote into a field.
 * @param {string|Function|boolean|null} expression
 * @param {object} doc the document or row
 * @param {{parent?: object, frm?: object}} [context]
 * @returns {boolean} an expression that fails counts as true, so that a field is never lost to a typing error
 */
export function evaluate(expression, doc, { parent, frm } = {}) {
	if (expression == null || expression === "") return true
	if (typeof expression === "boolean") return expression
	if (typeof expression === "function") return Boolean(expression(doc))
	const text = String(expression)
	if (text.startsWith("fn:") && frm) return Boolean(frm.trigger?.(text.slice(3), doc))
	if (!text.startsWith("eval:")) return isFilled(doc?.[text.trim()])
	try {
		const run = compile(text.slice(5).trim().replace(/;$/, ""))
		return Boolean(run(doc, parent || doc, frm, frm, globalThis.frappe, ...Object.values(HELPERS)))
	} catch (error) {
		console.warn(`Expression "${text}" failed:`, error.message)
		return true
	}
}

/** Frappe's idea of "has a value" for a bare fieldname: an empty table is none. */
export function isFilled(value) {
	return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
