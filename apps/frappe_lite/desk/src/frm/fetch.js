/** Values that follow a link: `fetch_from` of the DocType and `frm.add_fetch` of scripts. */
import { validateLink } from "@/api/documents.js"
import { getMeta } from "@/model/meta.js"
import { setValue } from "./change.js"

/** `[source, target, onlyWhenEmpty]` for a link field of a document or row. */
export function fetchRules(frm, doctype, fieldname) {
	const fields =
		doctype === frm.doctype ? frm.fields.map((field) => field.df) : getMeta(doctype)?.fields || []
	const rules = fields
		.filter((df) => df.fetch_from?.startsWith(`${fieldname}.`))
		.map((df) => [df.fetch_from.slice(fieldname.length + 1), df.fieldname, Boolean(df.fetch_if_empty)])
	const added = frm.fetch_dict?.[doctype]?.[fieldname] || frm.fetch_dict?.["*"]?.[fieldname] || []
	return [...rules, ...added.map(([source, target]) => [source, target, false])]
}

function linkDoctype(frm, doc, fieldname) {
	const df =
		doc.doctype === frm.doctype ? frm.fields_dict[fieldname]?.df : getMeta(doc.doctype)?.fieldMap[fieldname]
	if (df?.fieldtype === "Link") return df.options
	return df?.fieldtype === "Dynamic Link" ? doc[df.options] : null
}

/** Fetches and sets the dependent values after a link changed. */
export async function fetchLinked(frm, fieldname, row) {
	const doc = row || frm.doc
	const doctype = linkDoctype(frm, doc, fieldname)
	const rules = doctype ? fetchRules(frm, doc.doctype, fieldname) : []
	if (!rules.length) return
	const value = doc[fieldname]
	const found = value ? await read(doctype, value, rules) : {}
	for (const [source, target, onlyWhenEmpty] of rules) {
		if (onlyWhenEmpty && doc[target]) continue
		if (await setValue(doc, target, found[source] ?? "")) await frm.trigger(target, doc.doctype, doc.name)
	}
}

async function read(doctype, name, rules) {
	try {
		return (
			(await validateLink(
				doctype,
				name,
				rules.map(([source]) => source),
			)) || {}
		)
	} catch {
		// A reader without rights on the linked record still fills in the form; the server fetches on save.
		return {}
	}
}
