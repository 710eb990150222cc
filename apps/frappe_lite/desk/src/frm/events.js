/** Handlers that client scripts register with `frappe.ui.form.on`. */

const registry = new Map()

/** Whose script is running: handlers remember it, so that a script run anew replaces its own and no others. */
let origin = null

function bucket(doctype) {
	if (!registry.has(doctype)) registry.set(doctype, new Map())
	return registry.get(doctype)
}

/**
 * Registers handlers of a DocType (or child DocType).
 * @param {string} doctype
 * @param {object|string} events map of event to function, or one event's name
 * @param {Function} [handler] with a single event name
 */
export function on(doctype, events, handler) {
	const map = typeof events === "string" ? { [events]: handler } : events
	const target = bucket(doctype)
	for (const [event, fn] of Object.entries(map)) {
		if (typeof fn !== "function") continue
		if (!target.has(event)) target.set(event, [])
		target.get(event).push({ fn, origin })
	}
}

export function off(doctype, event) {
	registry.get(doctype)?.delete(event)
}

/** Runs `fn` as the script of `name`; what an earlier run registered is forgotten first. */
export function asScriptOf(name, fn) {
	for (const events of registry.values())
		for (const [event, entries] of events)
			events.set(
				event,
				entries.filter((entry) => entry.origin !== name),
			)
	origin = name
	try {
		fn()
	} finally {
		origin = null
	}
}

export const handlersOf = (doctype, event) =>
	(registry.get(doctype)?.get(event) || []).map((entry) => entry.fn)

export const eventsOf = (doctype) => [...(registry.get(doctype)?.keys() || [])]

/**
 * Runs an event's handlers one after the other; each may return a promise.
 * The old style `cscript.<event>(doc, cdt, cdn)` runs last.
 * @returns {Promise<any[]>} what the handlers returned
 */
export async function runHandlers(frm, event, doctype, name) {
	const results = []
	for (const fn of handlersOf(doctype, event)) results.push(await fn.call(frm.events, frm, doctype, name))
	const old = frm.cscript?.[event]
	if (typeof old === "function") results.push(await old.call(frm.cscript, frm.doc, doctype, name))
	return results
}
