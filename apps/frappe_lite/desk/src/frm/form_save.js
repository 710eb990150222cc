/** Saving, submitting, cancelling, amending and workflow moves of a form. */
import * as api from "@/api/documents.js"
import { __ } from "@/i18n/index.js"
import { copyDoc } from "@/model/defaults.js"
import { addToLocals, removeFromLocals } from "@/model/locals.js"
import { stateField } from "@/model/meta.js"
import { addTitles } from "@/model/titles.js"
import { serialise } from "./change.js"
import { checkMandatory, errorsFromServer } from "./form_check.js"

const BEFORE = {
	Save: "before_save",
	Submit: "before_submit",
	Update: "before_save",
	Cancel: "before_cancel",
}
const AFTER = { Submit: "on_submit", Cancel: "after_cancel" }

export const saveMethods = {
	/**
	 * Saves the document.
	 * @param {"Save"|"Submit"|"Update"|"Cancel"} [action]
	 * @param {Function} [callback] run with the answer after a success
	 * @returns {Promise<object>} the answer of the server
	 * @throws {Error} when the check fails or the server refuses; the form keeps every entry
	 */
	async save(action, callback, _button, onError) {
		const step = typeof action === "string" ? action : this.doc.docstatus === 1 ? "Update" : "Save"
		if (this.ui.saving) return undefined
		this.ui.saving = true
		try {
			const answer = await this.saveStep(step)
			callback?.(answer)
			return answer
		} catch (error) {
			onError?.(error)
			throw error
		} finally {
			this.ui.saving = false
		}
	},

	async saveStep(step) {
		globalThis.frappe.validated = true
		if (step !== "Cancel") await this.checkBefore(step)
		await this.trigger(BEFORE[step])
		if (globalThis.frappe.validated === false) throw refused()
		const answer = await this.send(step)
		await this.afterSave(answer, step)
		return answer
	},

	async checkBefore() {
		await this.trigger("validate")
		if (globalThis.frappe.validated === false) throw refused()
		this.ui.errors = checkMandatory(this)
		if (this.ui.errors.length) throw refused(__("Some entries are missing"))
	},

	async send(step) {
		try {
			if (step === "Cancel") return await api.cancelDoc(this.doctype, this.docname)
			return await api.saveDoc(serialise(this.doc, this.meta), step)
		} catch (error) {
			if (error.isConflict && this.host.resolveConflict) return this.host.resolveConflict(this, step, error)
			this.ui.errors = errorsFromServer(this, error)
			throw error
		}
	},

	async afterSave(answer, step) {
		if (!answer) return
		const before = this.docname
		this.takeAnswer(answer)
		if (this.docname !== before) {
			removeFromLocals(this.doctype, before)
			this.host.renamed?.(this, before)
		}
		this.ui.errors = []
		await this.trigger("after_save")
		if (AFTER[step]) await this.trigger(AFTER[step])
		await this.refresh()
	},

	/** Replaces the document by the one the server sent back. */
	takeAnswer(answer) {
		const saved = (answer.docs || []).find((doc) => doc.doctype === this.doctype) || answer.message
		if (!saved?.doctype) return
		addTitles(answer._link_titles)
		this.adopt(addToLocals(saved), answer.docinfo || this.ui.docinfo)
	},

	save_or_update() {
		return this.save(this.doc.docstatus === 1 ? "Update" : "Save")
	},

	async savesubmit(_button, callback, onError) {
		if (!(await this.ask("submit"))) return undefined
		return this.save("Submit", callback, null, onError)
	},

	async savecancel(_button, callback, onError) {
		const answer = await this.ask("cancel")
		if (!answer) return undefined
		const result = await this.save("Cancel", callback, null, onError)
		await this.noteReason(answer.reason)
		return result
	},

	/** Asks the person through the view; without a view the answer is yes. */
	ask(kind, detail) {
		return this.host.ask ? this.host.ask(this, kind, detail) : Promise.resolve({})
	},

	async noteReason(reason) {
		if (!reason) return
		const { boot } = await import("@/boot/boot.js")
		const { textToHtml } = await import("@/ui/html.js")
		await api.addComment(this.doctype, this.docname, textToHtml(reason), boot.user.name, boot.user.full_name)
		await this.reload_docinfo()
	},

	/** An editable copy of a cancelled document that points back to it. */
	amend_doc() {
		const copy = copyDoc(this.doc, { keepAll: true })
		copy.amended_from = this.docname
		const field = stateField(this.meta)
		if (field) delete copy[field]
		this.host.openNew?.(addToLocals(copy))
		return copy
	},

	copy_doc(change) {
		const copy = copyDoc(this.doc)
		change?.(copy)
		this.host.openNew?.(addToLocals(copy))
		return copy
	},

	/** Loads what the user may do next in the workflow. */
	async load_transitions() {
		this.ui.transitions = []
		if (!stateField(this.meta) || this.is_new()) return
		const list = await api.getTransitions(serialise(this.doc, this.meta)).catch(() => [])
		this.ui.transitions = list || []
	},

	/**
	 * Makes one workflow move after asking for confirmation (and a reason where it matters).
	 * @param {{action: string, next_state: string}} transition
	 */
	async apply_transition(transition) {
		const answer = await this.ask("workflow", transition)
		if (!answer || this.ui.saving) return
		this.selected_workflow_action = transition.action
		globalThis.frappe.validated = true
		await this.trigger("before_workflow_action")
		if (globalThis.frappe.validated === false) return
		this.ui.saving = true
		try {
			if (answer.reason) await this.noteReason(answer.reason)
			const doc = await api.applyWorkflow(serialise(this.doc, this.meta), transition.action)
			this.takeAnswer({ docs: [doc] })
			await this.fetch(doc?.name || this.docname)
			await this.trigger("after_workflow_action")
			await this.refresh()
		} catch (error) {
			if (error.isConflict && this.host.resolveConflict)
				return void (await this.host.resolveConflict(this, "Save", error))
			this.ui.errors = errorsFromServer(this, error)
			throw error
		} finally {
			this.ui.saving = false
		}
	},
}

/** The save stopped on this side; `isHandled` means that the reason is already on the screen. */
function refused(message = "") {
	const error = new Error(message)
	error.isHandled = true
	return error
}
