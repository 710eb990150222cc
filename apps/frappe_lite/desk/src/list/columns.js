/** Which columns a list shows and which fields it asks for. */
import { getMeta, stateField, titleField } from "@/model/meta.js"
import { usesTitles } from "@/model/titles.js"

const NOT_IN_LIST = [
	"Table",
	"Table MultiSelect",
	"HTML",
	"Button",
	"Password",
	"Section Break",
	"Column Break",
	"Tab Break",
	"Heading",
	"Code",
	"Text Editor",
]

/** Columns after the title: fields marked for the list, without the one that is the title or the state. */
export function listColumns(meta) {
	const skip = [titleField(meta), stateField(meta), "status", "state"]
	const marked = meta.fields.filter(
		(df) => df.in_list_view && !df.hidden && !NOT_IN_LIST.includes(df.fieldtype),
	)
	return marked.filter((df) => !skip.includes(df.fieldname)).slice(0, 6)
}

/** Fields offered as quick filters above the list. */
export function standardFilters(meta) {
	const wanted = meta.fields.filter(
		(df) => df.in_standard_filter && !df.hidden && !["Table", "Table MultiSelect"].includes(df.fieldtype),
	)
	const state = stateField(meta)
	return state && !wanted.some((df) => df.fieldname === state) && meta.fieldMap[state]
		? [...wanted, meta.fieldMap[state]]
		: wanted
}

/** Fields to ask for, as reportview takes them; link titles come along as `<field>__title`. */
export function queryFields(meta, settings = {}) {
	const names = new Set(["name", "owner", "creation", "modified", "modified_by", "docstatus", "_assign"])
	if (meta.title_field) names.add(titleField(meta))
	for (const df of listColumns(meta)) names.add(df.fieldname)
	for (const name of ["status", "enabled", "disabled", stateField(meta)])
		if (name && meta.fieldMap[name]) names.add(name)
	for (const name of settings.add_fields || []) names.add(String(name).replace(/^.*\./, "").replace(/`/g, ""))
	const own = [...names].map((name) => `\`tab${meta.name}\`.\`${name}\``)
	return [...own, ...linkTitleFields(meta)]
}

/** Links whose title field is known already; the others are asked for one by one when shown. */
function linkTitleFields(meta) {
	return listColumns(meta)
		.filter((df) => df.fieldtype === "Link" && usesTitles(df.options) && getMeta(df.options)?.title_field)
		.map((df) => `${df.fieldname}.${getMeta(df.options).title_field} as ${df.fieldname}__title`)
}

export const DUE_FIELD = /(^|_)(due|deadline)(_|$)/

/** Does a date field say until when something must be done? */
export const isDue = (df) => ["Date", "Datetime"].includes(df.fieldtype) && DUE_FIELD.test(df.fieldname)

const ENDED = ["Done", "Done Late", "Waived", "Closed", "Completed", "Cancelled"]

/** How long is left matters until the work is done. */
export const isStillDue = (df, doc) => isDue(df) && !ENDED.includes(doc?.state || doc?.status)
