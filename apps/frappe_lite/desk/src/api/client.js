/** Frappe's REST API over fetch: CSRF header, error objects, session expiry. */
import { boot, isGuest } from "@/boot/boot.js"
import { NetworkError, parseServerMessages, ServerError } from "./errors.js"

const listeners = { expired: null, messages: null }

/** Registers `fn(): Promise<boolean>`; it asks the user to sign in again and says whether to retry. */
export function onSessionExpired(fn) {
	listeners.expired = fn
}

/** Registers `fn(messages[])` for messages that come with a successful answer. */
export function onServerMessages(fn) {
	listeners.messages = fn
}

function encode(values) {
	const params = new URLSearchParams()
	for (const [key, value] of Object.entries(values || {})) {
		if (value === undefined || value === null) continue
		params.append(key, typeof value === "object" ? JSON.stringify(value) : String(value))
	}
	return params
}

function buildRequest(path, { method = "GET", query, form, json, body, signal }) {
	const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" }
	if (boot.csrf_token && method !== "GET") headers["X-Frappe-CSRF-Token"] = boot.csrf_token
	const init = { method, headers, credentials: "same-origin", signal }
	if (form) init.body = encode(form)
	if (json) {
		headers["Content-Type"] = "application/json"
		init.body = JSON.stringify(json)
	}
	if (body) init.body = body
	const search = query ? encode(query).toString() : ""
	return [search ? `${path}?${search}` : path, init]
}

async function send(path, options) {
	const [url, init] = buildRequest(path, options)
	let response
	try {
		response = await fetch(url, init)
	} catch (error) {
		if (error.name === "AbortError") throw error
		throw new NetworkError(error)
	}
	const type = response.headers.get("content-type") || ""
	const data = type.includes("json") ? await response.json().catch(() => ({})) : {}
	return { response, data }
}

function cookieUser() {
	const match = /(?:^|;\s*)user_id=([^;]*)/.exec(document.cookie)
	return match ? decodeURIComponent(match[1].replace(/^"|"$/g, "")) : ""
}

async function sessionIsGone(status, data) {
	if (isGuest() || ![400, 401, 403].includes(status)) return false
	if (data.session_expired || data.exc_type === "SessionExpired" || data.exc_type === "CSRFTokenError")
		return true
	if (status === 400) return false
	if (cookieUser() === "Guest") return true
	const { response, data: answer } = await send("/api/method/frappe.auth.get_logged_user", {})
	return !response.ok || answer.message === "Guest"
}

/**
 * Sends one request and returns the decoded answer.
 * @param {string} path beginning with `/`
 * @param {object} options method, query, form, json, body (FormData), signal, silent (no message pop-ups)
 * @throws {ServerError} for every status of 400 and above
 * @throws {NetworkError} when no answer came
 */
export async function request(path, options = {}) {
	let { response, data } = await send(path, options)
	if (!response.ok && !options.noRetry && (await sessionIsGone(response.status, data))) {
		const signedIn = listeners.expired ? await listeners.expired() : false
		if (signedIn) ({ response, data } = await send(path, options))
	}
	if (!response.ok) throw new ServerError(response.status, data)
	const messages = parseServerMessages(data._server_messages)
	if (messages.length && !options.silent) listeners.messages?.(messages)
	return data
}

/** Calls a whitelisted method by its dotted path and returns the whole answer (`message`, `docs`, …). */
export function callMethod(method, args = {}, options = {}) {
	const path = `/api/method/${method}`
	if (options.method === "GET") return request(path, { ...options, query: args })
	return request(path, { method: "POST", form: args, ...options })
}

/** As `callMethod`, but returns `message` alone. */
export async function call(method, args, options) {
	return (await callMethod(method, args, options)).message
}

/** Reads by GET: never writes, never asks for a token. */
export const read = (method, args, options) => call(method, args, { method: "GET", ...options })
