/** Open documents of this page: `locals[doctype][name]`, as client scripts know it. */
import { reactive } from "vue"

export const locals = {}

let counter = 0

/** Puts a document with its child rows into `locals` and returns its reactive form. */
export function addToLocals(doc) {
	const store = (locals[doc.doctype] ||= {})
	const current = store[doc.name]
	const kept = current ? replaceContents(current, doc) : reactive(doc)
	store[doc.name] = kept
	indexChildren(kept)
	return kept
}

function replaceContents(target, source) {
	for (const key of Object.keys(target)) if (!(key in source)) delete target[key]
	return Object.assign(target, source)
}

/** Makes the rows of every child table reachable by their own DocType and name. */
export function indexChildren(doc) {
	for (const value of Object.values(doc)) {
		if (!Array.isArray(value)) continue
		for (const row of value) {
			if (row?.doctype && row.name) (locals[row.doctype] ||= {})[row.name] = row
		}
	}
}

export const getLocal = (doctype, name) => locals[doctype]?.[name]

export function removeFromLocals(doctype, name) {
	delete locals[doctype]?.[name]
}

/** A name for a record the server has not named yet. */
export function newName(doctype) {
	counter += 1
	return `new-${slug(doctype)}-${Date.now().toString(36)}${counter}`
}

/** The address form of a DocType's name: `Warning Report` → `warning-report`. */
export const slug = (name) => String(name).toLowerCase().replace(/ /g, "-")

export const scrub = (name) => String(name).replace(/ /g, "_").replace(/-/g, "_").toLowerCase()

export const isNewName = (doc) => Boolean(doc?.__islocal)
