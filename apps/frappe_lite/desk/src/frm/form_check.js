/** What is missing or wrong, as a list that the form can show and jump to. */
import { __ } from "@/i18n/index.js"
import { hasValue, isTable } from "@/model/fieldtypes.js"
import { getMeta } from "@/model/meta.js"
import { isRequired } from "@/model/perm.js"
import { plainText } from "@/ui/html.js"

const isEmpty = (value) => value == null || value === "" || (Array.isArray(value) && !value.length)

/** A rich text of nothing but tags is empty. */
const isBlank = (df, value) =>
	df.fieldtype === "Text Editor" ? !plainText(value) && !/<img/.test(value || "") : isEmpty(value)

/**
 * Required fields without a value, of the document and of its rows.
 * @returns {Array<{fieldname: string, label: string, message: string, table?: string, row?: string}>}
 */
export function checkMandatory(frm) {
	const errors = []
	for (const field of frm.fields) {
		const { df } = field
		if (!df.fieldname || !hasValue(df) || frm.field_status(field) === "None") continue
		const required = df.fieldtype !== "Check" && isRequired(df, frm.doc, { frm })
		if (required && isBlank(df, frm.doc[df.fieldname])) errors.push(missing(df))
		if (isTable(df)) errors.push(...checkRows(frm, field))
	}
	return errors
}

function checkRows(frm, field) {
	const fields = field.grid?.docfields || getMeta(field.df.options)?.fields || []
	return (frm.doc[field.fieldname] || []).flatMap((row) =>
		fields
			.filter((df) => hasValue(df) && df.fieldtype !== "Check" && !df.hidden)
			.filter((df) => frm.field_status({ df }, row) !== "None")
			.filter((df) => isRequired(df, row, { parent: frm.doc, frm }) && isBlank(df, row[df.fieldname]))
			.map((df) => ({ ...missing(df), ...inRow(field, row, df) })),
	)
}

const missing = (df) => ({
	fieldname: df.fieldname,
	label: __(df.label),
	message: __("{0} is required", [__(df.label)]),
})

const inRow = (field, row, df) => ({
	fieldname: field.fieldname,
	table: field.fieldname,
	row: row.name,
	child: df.fieldname,
	message: __("{0}, row {1}: {2} is required", [__(field.df.label), row.idx, __(df.label)]),
})

/** Turns a refusal of the server into entries at fields where its words allow that. */
export function errorsFromServer(frm, error) {
	if (!error.messages) return [{ message: __("No connection. Your entries are kept; try again.") }]
	const missingFields = error.missingFields || []
	if (missingFields.length) {
		const found = missingFields.map((name) => frm.fields_dict[name]?.df).filter(Boolean)
		if (found.length) return found.map(missing)
	}
	const texts = error.messages.map((entry) => plainText(entry.message)).filter(Boolean)
	const unique = [...new Set(texts.length ? texts : [error.message])]
	return unique.map((message) => ({ message, ...fieldNamedIn(frm, message) }))
}

/** The field whose label the message names; the longest label wins. */
function fieldNamedIn(frm, message) {
	const candidates = frm.fields
		.map((field) => field.df)
		.filter((df) => df.fieldname && df.label && hasValue(df))
		.filter((df) => message.includes(df.label) || message.includes(__(df.label)))
		.sort((a, b) => b.label.length - a.label.length)
	return candidates.length ? { fieldname: candidates[0].fieldname, label: __(candidates[0].label) } : {}
}
