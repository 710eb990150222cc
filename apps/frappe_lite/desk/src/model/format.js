/** A value as text for reading: lists, read-only fields, timeline. */
import { __ } from "@/i18n/index.js"
import { plainText } from "@/ui/html.js"
import { durationText, userDate, userDatetime, userTime } from "./dates.js"
import { cint, flt, formatCurrency, formatNumber } from "./numbers.js"
import { knownTitle } from "./titles.js"

const number = (value, df) => formatNumber(value, null, df.precision ? cint(df.precision) : undefined)

const FORMATS = {
	Check: (value) => (cint(value) ? __("Yes") : __("No")),
	Date: userDate,
	Datetime: userDatetime,
	Time: userTime,
	Duration: (value, df) => durationText(value, { hideDays: df.hide_days, hideSeconds: df.hide_seconds }),
	Int: (value) => formatNumber(value, null, 0),
	"Long Int": (value) => formatNumber(value, null, 0),
	Float: number,
	Percent: (value, df) => `${df.precision ? number(value, df) : Math.round(flt(value) * 100) / 100}%`,
	Currency: (value, df) => formatCurrency(value, null, df.precision ? cint(df.precision) : undefined),
	Select: (value) => __(value),
	Link: (value, df) => knownTitle(df.options, value) || value,
	"Dynamic Link": (value, df, doc) => knownTitle(doc?.[df.options], value) || value,
	Password: () => "••••••",
	Rating: (value) => `${roundHalf(value)} / 5`,
	"Text Editor": (value) => plainText(value),
	HTML: (value) => plainText(value),
	JSON: (value) => (typeof value === "string" ? value : JSON.stringify(value)),
	Table: (value) => rowCount(value),
	"Table MultiSelect": (value) => rowTexts(value),
}

const roundHalf = (value) => Math.round(flt(value) * 10) / 2
const rowCount = (rows) => __("{0} rows", [rows?.length || 0])
const rowTexts = (rows) =>
	Array.isArray(rows) ? rows.map((row) => row.__title || Object.values(row)[0]).join(", ") : ""

/**
 * @param {any} value
 * @param {{fieldtype?: string, options?: string, precision?: string}} df
 * @param {object} [doc] the row the value stands in (for Dynamic Link)
 * @returns {string} plain text, never HTML
 */
export function formatValue(value, df = {}, doc) {
	if (value === null || value === undefined || value === "") return ""
	const format = FORMATS[df.fieldtype]
	return String(format ? format(value, df, doc) : value)
}
