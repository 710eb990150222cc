/** Dialogs and short notices that code opens; `DialogHost.vue` draws them. */
import { shallowReactive } from "vue"

export const openDialogs = shallowReactive([])
export const notices = shallowReactive([])

let counter = 0

/** Shows a dialog entry and returns a function that takes it away. */
export function pushDialog(entry) {
	const item = { id: ++counter, ...entry }
	openDialogs.push(item)
	return () => {
		const at = openDialogs.findIndex((one) => one.id === item.id)
		if (at >= 0) openDialogs.splice(at, 1)
	}
}

/**
 * A message the reader closes himself.
 * @param {{title?: string, html: string, indicator?: string, action?: {label: string, run: Function}}} message
 */
export function showMessage(message) {
	const same = openDialogs.find((item) => item.kind === "message" && item.message.html === message.html)
	if (same) return same.close
	const entry = { kind: "message", message }
	entry.close = pushDialog(entry)
	return entry.close
}

/**
 * Asks a yes/no question, with an optional reason.
 * @param {{title?: string, html: string, yes?: string, no?: string, danger?: boolean, reason?: ""|"optional"|"required", reasonLabel?: string}} question
 * @returns {Promise<false|{reason: string}>}
 */
export function askConfirm(question) {
	return new Promise((resolve) => {
		const close = pushDialog({
			kind: "confirm",
			question,
			answer(value) {
				close()
				resolve(value)
			},
		})
	})
}

/** A notice that goes away by itself; `seconds` 0 keeps it. */
export function showNotice(html, indicator = "blue", seconds = 5) {
	const notice = { id: ++counter, html, indicator }
	notices.push(notice)
	if (seconds) setTimeout(() => closeNotice(notice), seconds * 1000)
	return notice
}

export function closeNotice(notice) {
	const at = notices.indexOf(notice)
	if (at >= 0) notices.splice(at, 1)
}
