/** How a failure is told to the reader. */
import { __ } from "@/i18n/index.js"
import { showMessage, showNotice } from "./dialogs.js"
import { escapeHtml } from "./html.js"

/** Messages of a successful answer: `alert` ones pass by, others wait. */
export function showServerMessages(messages) {
	const waiting = messages.filter((entry) => !entry.alert)
	for (const entry of messages.filter((one) => one.alert)) showNotice(entry.message, entry.indicator)
	if (!waiting.length) return
	const html = waiting.map((entry) => `<p>${entry.message}</p>`).join("")
	showMessage({ title: titleOf(waiting.at(-1)), html, indicator: waiting.at(-1).indicator })
}

const titleOf = (entry) => (entry.title && entry.title !== "Message" ? __(entry.title) : __("Message"))

/** Shows an error once; those already shown at the form are passed over. */
export function reportError(error) {
	if (!error || error.isHandled || error.name === "AbortError") return
	if (error.name === "NetworkError")
		return void showNotice(escapeHtml(__("No connection. Your entries are kept; try again.")), "red")
	const texts = (error.messages || []).map((entry) => `<p>${entry.message}</p>`)
	const html = texts.join("") || `<p>${escapeHtml(error.message || __("Something went wrong"))}</p>`
	const title = error.isPermission ? __("Not permitted") : titleOf(error.messages?.at(-1) || {})
	showMessage({ title, html, indicator: "red" })
}
