/** Makes a linked record without leaving the form: a short dialog where the DocType allows it. */
import { saveDoc } from "@/api/documents.js"
import { serialise } from "@/frm/change.js"
import { Dialog } from "@/frm/dialog.js"
import { __ } from "@/i18n/index.js"
import { makeDoc } from "@/model/defaults.js"
import { isLayout, isTable } from "@/model/fieldtypes.js"
import { addToLocals, slug } from "@/model/locals.js"
import { loadMeta } from "@/model/meta.js"

const shortField = (df) =>
	!isLayout(df) &&
	(df.reqd || df.allow_in_quick_entry) &&
	!df.read_only &&
	!df.hidden &&
	df.fieldtype !== "Table"

/** Fields of the short form: those required, and those marked for it; a prompted name first. */
export function quickFields(meta) {
	const fields = meta.fields.filter(shortField).map((df) => ({ ...df }))
	const prompted = /^prompt$/i.test(meta.autoname || "")
	return prompted
		? [{ fieldname: "__newname", fieldtype: "Data", label: "Name", reqd: 1 }, ...fields]
		: fields
}

/**
 * @returns {Promise<object|null>} the saved document, or null when the person gave up or went to the full form
 */
export async function quickCreate(doctype, typed, router) {
	const meta = await loadMeta(doctype)
	const doc = makeDoc(doctype)
	const start = meta.title_field || (meta.autoname || "").replace(/^field:/, "")
	if (typed && meta.fieldMap[start]) doc[start] = typed
	const blocked = meta.fields.some((df) => df.reqd && isTable(df))
	if (!meta.quick_entry || blocked) {
		const local = addToLocals(doc)
		router.push(`/app/${slug(doctype)}/${encodeURIComponent(local.name)}`)
		return null
	}
	return askShort(meta, doc)
}

function askShort(meta, doc) {
	return new Promise((resolve) => {
		let saved = null
		const dialog = new Dialog({
			title: __("New {0}", [__(meta.name)]),
			fields: quickFields(meta).map((df) => ({ ...df, default: doc[df.fieldname] ?? df.default })),
			primary_action_label: __("Save"),
			async primary_action(values) {
				const answer = await saveDoc(serialise({ ...doc, ...values }, meta), "Save")
				saved = answer.docs[0]
				saved.__title = meta.title_field && saved[meta.title_field]
				dialog.hide()
			},
			on_hide: () => resolve(saved),
		})
		dialog.show()
	})
}
