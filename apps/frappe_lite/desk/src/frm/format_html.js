/** `frappe.format` and the global format functions: values as HTML. */
import { formatValue } from "@/model/format.js"
import { flt } from "@/model/numbers.js"
import { slug } from "@/model/locals.js"
import { cleanHtml, escapeHtml } from "@/ui/html.js"

const RICH = ["Text Editor", "HTML", "HTML Editor", "Markdown Editor"]

export const formLink = (doctype, name, html, label) => {
	const path = `/app/${slug(doctype)}/${encodeURIComponent(name)}`
	return html ? `<a href="${path}">${escapeHtml(label || name)}</a>` : path
}

/** @returns {string} safe HTML */
export function formatHtml(value, df = {}, options, doc) {
	const type = df?.fieldtype
	if (RICH.includes(type)) return cleanHtml(value)
	const text = escapeHtml(formatValue(value, df || {}, doc))
	if (type === "Link" && value && !options?.no_link)
		return formLink(df.options, value, true, formatValue(value, df))
	if (options?.inline || !["Currency", "Float", "Int", "Percent"].includes(type)) return text
	return `<div style="text-align: right">${text}</div>`
}

/** `frappe.form.formatters`: one function per field type. */
export const formatters = new Proxy(
	{},
	{
		get: (_, type) => (value, df, options, doc) =>
			formatHtml(value, { ...df, fieldtype: type }, { inline: 1, ...options }, doc),
	},
)

const COLOURS = {
	green: "Done Completed Active Approved Enabled Closed Submitted Paid Present Success Sent Yes".split(" "),
	red: "Overdue Rejected Failed Cancelled Critical Error Expired Absent High Severe".split(" "),
	orange: "Pending Review Waiting Draft Open Warning Medium Late".split(" "),
	gray: "Disabled Inactive Stopped Archived".split(" "),
}

/** Colour word for a state nobody coloured. */
export function guessStyle(text) {
	const word = String(text || "")
	for (const [color, words] of Object.entries(COLOURS))
		if (words.some((one) => word.includes(one))) return color
	return "blue"
}

const STYLES = {
	Success: "green",
	Warning: "orange",
	Danger: "red",
	Primary: "blue",
	Inverse: "gray",
	Info: "blue",
}
export const styleColour = (style) => STYLES[style] || "gray"

export const sum = (list) => list.reduce((total, value) => total + flt(value), 0)
