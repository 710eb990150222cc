/** Filters of a list: `[field, operator, value]`, their words, and their form in the address. */
import { __ } from "@/i18n/index.js"
import { formatValue } from "@/model/format.js"
import { getField } from "@/model/meta.js"

export const OPERATORS = {
	"=": "is",
	"!=": "is not",
	like: "contains",
	"not like": "does not contain",
	in: "is one of",
	"not in": "is none of",
	">": "more than",
	"<": "less than",
	">=": "at least",
	"<=": "at most",
	between: "between",
	is: "is",
	timespan: "within",
}

const TEXT = ["=", "!=", "like", "not like", "is"]
const NUMBER = ["=", "!=", ">", "<", ">=", "<=", "is"]
const DATE = ["=", ">", "<", ">=", "<=", "between", "is"]
const CHOICE = ["=", "!=", "in", "not in", "is"]

const BY_TYPE = {
	Date: DATE,
	Datetime: DATE,
	Int: NUMBER,
	Float: NUMBER,
	Currency: NUMBER,
	Percent: NUMBER,
	Duration: NUMBER,
	Check: ["="],
	Select: CHOICE,
	Link: [...CHOICE, "like"],
}

export const operatorsFor = (df) => BY_TYPE[df?.fieldtype] || TEXT

/** A filter in words for its chip. */
export function filterText(doctype, [fieldname, operator, value]) {
	const df = getField(doctype, fieldname) || { label: fieldname }
	return `${__(df.label)} ${__(OPERATORS[operator] || operator)} ${valueText(df, operator, value)}`.trim()
}

function valueText(df, operator, value) {
	if (operator === "is") return __(value === "set" ? "filled in" : "empty")
	if (operator === "between" && Array.isArray(value))
		return value.map((one) => formatValue(one, df)).join(" – ")
	if (Array.isArray(value)) return value.map((one) => formatValue(one, df)).join(", ")
	const text = String(value ?? "")
	if (operator.includes("like")) return `“${text.replace(/^%|%$/g, "")}”`
	return df.fieldtype === "Check" ? formatValue(value, df) : formatValue(text, df)
}

/** Only codes and choices go into the address: what a person typed (a name!) does not. */
const CODED = ["Link", "Select", "Check", "Date", "Datetime", "Int", "Dynamic Link"]

export function toQuery(doctype, filters) {
	const query = {}
	for (const [field, operator, value] of filters) {
		const df = getField(doctype, field)
		if (
			!df ||
			operator.includes("like") ||
			(!CODED.includes(df.fieldtype) && !["name", "docstatus", "owner", "_assign"].includes(field))
		)
			continue
		query[field] = operator === "=" ? String(value) : JSON.stringify([operator, value])
	}
	return query
}

/** Filters written into an address, of this list's fields only. */
export function fromQuery(doctype, query) {
	return Object.entries(query || {})
		.filter(([field]) => getField(doctype, field))
		.map(([field, text]) => {
			const value = Array.isArray(text) ? text.at(-1) : text
			const parsed = readArray(value)
			return parsed ? [field, ...parsed] : [field, "=", value]
		})
}

function readArray(text) {
	if (!/^\[/.test(text || "")) return null
	try {
		const list = JSON.parse(text)
		return Array.isArray(list) && list.length === 2 && OPERATORS[list[0]] ? list : null
	} catch {
		return null
	}
}
