/** Changes of values: normal form per field type, child rows. */
import { isTable } from "@/model/fieldtypes.js"
import { indexChildren } from "@/model/locals.js"
import { makeDoc } from "@/model/defaults.js"
import { getField } from "@/model/meta.js"
import { cint, flt } from "@/model/numbers.js"

const NORMAL = {
	Check: (value) => (cint(value) ? 1 : 0),
	Int: (value) => (value === "" || value == null ? value : cint(value)),
	Float: (value) => (value === "" || value == null ? value : flt(value)),
	Currency: (value) => (value === "" || value == null ? value : flt(value)),
	Percent: (value) => (value === "" || value == null ? value : flt(value)),
}

const same = (a, b) => a === b || ((a === "" || a == null) && (b === "" || b == null))

/**
 * Writes one value into a document or row.
 * @returns {Promise<boolean>} whether it changed
 */
export async function setValue(doc, fieldname, value) {
	const df = getField(doc.doctype, fieldname)
	const next = df && NORMAL[df.fieldtype] ? NORMAL[df.fieldtype](value) : value
	if (same(doc[fieldname], next)) return false
	doc[fieldname] = next
	return true
}

/** Appends a row to a child table and returns its reactive form. */
export function addChild(parent, fieldname, doctype, values = {}) {
	const rows = (parent[fieldname] ||= [])
	const row = makeDoc(doctype, { parent, parentfield: fieldname, values: plainValues(values) })
	row.idx = rows.length + 1
	rows.push(row)
	indexChildren(parent)
	return parent[fieldname].at(-1)
}

const OWN = [
	"name",
	"parent",
	"parentfield",
	"parenttype",
	"idx",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
]

function plainValues(values) {
	return Object.fromEntries(Object.entries(values || {}).filter(([key]) => !OWN.includes(key)))
}

/** Child rows to number anew after one was removed or moved. */
export function renumber(rows) {
	rows.forEach((row, i) => (row.idx = i + 1))
}

/** The document as it goes to the server: without the desk's own marks and titles. */
export function serialise(doc, meta) {
	const copy = JSON.parse(JSON.stringify(doc))
	for (const key of ["__onload", "__last_sync_on", "__title", "__unsaved_once"]) delete copy[key]
	for (const df of meta?.fields || []) {
		if (!isTable(df)) continue
		for (const row of copy[df.fieldname] || []) delete row.__title
	}
	return copy
}
