/** `frappe.ui.Dialog` and the short forms built on it: prompt, confirm, msgprint, alert. */
import { reactive } from "vue"
import { __ } from "@/i18n/index.js"
import { askConfirm, pushDialog, showMessage, showNotice } from "@/ui/dialogs.js"
import { cleanHtml, plainText } from "@/ui/html.js"
import { ButtonHandle } from "./buttons.js"
import { $ } from "./dom.js"
import { FieldGroup } from "./fieldgroup.js"

export class Dialog extends FieldGroup {
	/**
	 * @param {object} options as Frappe: title, fields, size, primary_action_label, primary_action(values, dialog),
	 * secondary_action_label, secondary_action, static, on_hide, on_page_show
	 */
	constructor(options = {}) {
		super({ fields: options.fields })
		this.opts = options
		this.title = options.title
		this.state = reactive({
			title: options.title || "",
			size: options.size,
			primary: null,
			secondary: null,
			visible: false,
			static: options.static,
			busy: false,
			message: "",
		})
		this.body = document.createElement("div")
		this.$body = $(this.body)
		this.header = this.$body
		this.footer = $(document.createElement("div"))
		if (options.primary_action || options.primary_action_label)
			this.set_primary_action(options.primary_action_label || __("Submit"), options.primary_action)
		if (options.secondary_action || options.secondary_action_label)
			this.set_secondary_action(options.secondary_action, options.secondary_action_label)
	}

	get $wrapper() {
		return $(this.element || this.body)
	}

	get display() {
		return this.state.visible
	}

	get is_visible() {
		return this.state.visible
	}

	set_title(title) {
		this.state.title = title
	}

	set_message(text) {
		this.state.message = text
	}

	clear_message() {
		this.state.message = ""
	}

	set_primary_action(label, action) {
		const handle = new ButtonHandle({ label, type: "primary", action: () => this.runPrimary(action) })
		this.state.primary = handle
		return handle
	}

	async runPrimary(action) {
		const values = this.get_values()
		if (!values || this.state.busy) return
		this.state.busy = true
		try {
			await action?.call(this, values, this)
		} finally {
			this.state.busy = false
		}
	}

	set_secondary_action(action, label) {
		this.state.secondary = new ButtonHandle({ label: label || __("Close"), action: () => action?.call(this) })
		return this.state.secondary
	}

	set_secondary_action_label(label) {
		if (this.state.secondary) this.state.secondary.state.label = label
		else this.set_secondary_action(() => this.hide(), label)
	}

	add_custom_action(label, action) {
		return this.set_secondary_action(action, label)
	}

	get_primary_btn() {
		return this.state.primary || new ButtonHandle({ label: "" })
	}

	get_secondary_btn() {
		return this.state.secondary || new ButtonHandle({ label: "" })
	}

	disable_primary_action() {
		this.get_primary_btn().prop("disabled", true)
	}

	enable_primary_action() {
		this.get_primary_btn().prop("disabled", false)
	}

	show() {
		if (this.state.visible) return this
		this.state.visible = true
		globalThis.cur_dialog = this
		this.remove = pushDialog({ kind: "fields", dialog: this })
		this.opts.on_page_show?.call(this)
		this.on_page_show?.()
		return this
	}

	hide() {
		if (!this.state.visible) return
		this.state.visible = false
		if (globalThis.cur_dialog === this) globalThis.cur_dialog = null
		this.remove?.()
		;(this.onhide || this.on_hide || this.opts.on_hide)?.call(this)
	}

	cancel() {
		this.hide()
	}

	minimize() {}
}

/** `frappe.prompt(fields, callback, title, label)`; a text is the label of one required field. */
export function prompt(fields, callback, title, label) {
	const list =
		typeof fields === "string"
			? [{ fieldname: "value", fieldtype: "Data", label: fields, reqd: 1 }]
			: [].concat(fields)
	const dialog = new Dialog({
		title: title || __("Enter value"),
		fields: list,
		primary_action_label: label || __("Submit"),
		primary_action(values) {
			dialog.hide()
			return callback?.(values)
		},
	})
	return dialog.show()
}

/** `frappe.confirm(message, yes, no)`. */
export function confirm(message, onYes, onNo) {
	const asked = askConfirm({ html: cleanHtml(message) })
	asked.then((answer) => (answer ? onYes?.() : onNo?.()))
	return asked
}

export function warn(title, message, proceed, label) {
	askConfirm({ title, html: cleanHtml(message), yes: label || __("Continue"), danger: true }).then(
		(answer) => answer && proceed?.(),
	)
}

/** `frappe.msgprint(text | options)`. */
export function msgprint(message, title, isAlert) {
	const options =
		typeof message === "object" && message !== null && !Array.isArray(message) ? message : { message, title }
	if (isAlert || options.alert) return showAlert(options)
	const parts = [].concat(options.message ?? "")
	const html =
		options.as_list || parts.length > 1
			? `<ul>${parts.map((part) => `<li>${part}</li>`).join("")}</ul>`
			: parts[0]
	const action = options.primary_action
	const close = showMessage({
		title: options.title ? __(options.title) : __("Message"),
		html: cleanHtml(html),
		indicator: options.indicator,
		action: action?.action && {
			label: action.label || __("Continue"),
			run: () => action.action(action.args),
		},
	})
	return { hide: close, $wrapper: $(document.createElement("div")), set_primary_action() {} }
}

/** Shows the message and stops the running handler. */
export function throwMessage(message) {
	const options = typeof message === "object" ? message : { message }
	msgprint({ indicator: "red", title: __("Message"), ...options })
	globalThis.frappe.validated = false
	const error = new Error(plainText(options.message))
	error.isHandled = true
	error.isThrown = true
	throw error
}

export function showAlert(message, seconds = 5) {
	const options = typeof message === "object" ? message : { message }
	const body = options.body ? `<br>${options.body}` : ""
	showNotice(
		cleanHtml(`${options.message || options.title || ""}${body}`),
		options.indicator || "green",
		seconds,
	)
}
