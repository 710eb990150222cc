/** What the form view gives to `frm`: routing, questions, conflict handling. */
import { fetchDoc } from "@/api/documents.js"
import { __ } from "@/i18n/index.js"
import { isTable } from "@/model/fieldtypes.js"
import { addToLocals } from "@/model/locals.js"
import { getMeta, workflowOf, workflowState } from "@/model/meta.js"
import { formPath } from "@/model/routes.js"
import { router } from "@/router.js"
import { askConfirm } from "@/ui/dialogs.js"
import { escapeHtml } from "@/ui/html.js"
import { findConflicts, mergeDocs } from "./conflict.js"

const QUESTIONS = {
	submit: () => ({
		title: __("Submit for good?"),
		html: escapeHtml(__("After submitting, the record can no longer be changed, only cancelled or amended.")),
		yes: __("Submit"),
	}),
	cancel: () => ({
		title: __("Cancel this record?"),
		html: escapeHtml(__("It stays visible but no longer counts.")),
		yes: __("Cancel the record"),
		no: __("Keep it"),
		danger: true,
		reason: "required",
	}),
	workflow: workflowQuestion,
}

/** Moves that end, reject or undo something ask for the reason in the same dialog. */
function workflowQuestion(frm, transition) {
	const style = workflowState(frm.meta, transition.next_state)?.style
	const row = (workflowOf(frm.meta)?.states || []).find((state) => state.state === transition.next_state)
	const grave = ["Danger", "Inverse"].includes(style) || String(row?.doc_status) === "2"
	return {
		title: `${__(transition.action)}?`,
		html: escapeHtml(
			__("The record goes from “{0}” to “{1}”.", [__(transition.state), __(transition.next_state)]),
		),
		yes: __(transition.action),
		danger: style === "Danger",
		reason: grave ? "required" : "optional",
		reasonLabel: __("Reason (it is kept in the history)"),
	}
}

const childFields = (doctype) =>
	(getMeta(doctype)?.fields || []).filter((df) => df.fieldname && !isTable(df)).map((df) => df.fieldname)

/**
 * @param {{scrollTo: Function, askConflict: Function}} view
 */
export function makeHost(view) {
	return {
		scrollTo: view.scrollTo,
		ask: (frm, kind, detail) => askConfirm(QUESTIONS[kind](frm, detail)),
		renamed: (frm) => router.replace(formPath(frm.doctype, frm.docname)),
		openNew: (doc) => router.push(formPath(doc.doctype, doc.name)),
		print: (frm) => window.open(printPath(frm), "_blank", "noopener"),
		beforeRefresh: (frm) => frm.load_transitions(),
		async resolveConflict(frm) {
			const answer = await fetchDoc(frm.doctype, frm.docname)
			const theirs = answer.docs[0]
			const mine = JSON.parse(JSON.stringify(frm.doc))
			const conflicts = findConflicts(frm.original, mine, theirs, frm.meta.fields, childFields)
			const choice = await view.askConflict(conflicts, theirs)
			if (!choice) throw stopped()
			frm.adopt(addToLocals({ ...theirs }), answer.docinfo)
			frm.rememberOriginal()
			const merged = mergeDocs(theirs, conflicts, ({ df }) => choice[df.fieldname])
			frm.adopt(addToLocals(merged), answer.docinfo)
			frm.dirty()
			await frm.refresh()
			throw stopped()
		},
	}
}

/** The save did not happen; the reader has seen why and his entries stand in the form. */
function stopped() {
	const error = new Error("")
	error.isHandled = true
	return error
}

export function printPath(frm) {
	const params = new URLSearchParams({ doctype: frm.doctype, name: frm.docname, trigger_print: "1" })
	if (frm.meta.default_print_format) params.set("format", frm.meta.default_print_format)
	return `/printview?${params}`
}
