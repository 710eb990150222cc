import { plainText } from "@/ui/html.js"

/** One message the server wants shown: `{message, title, indicator, alert, raise_exception}`. */
export function parseServerMessages(raw) {
	if (!raw) return []
	const list = typeof raw === "string" ? safeParse(raw, []) : raw
	return list.map((entry) => {
		const parsed = typeof entry === "string" ? safeParse(entry, { message: entry }) : entry
		return typeof parsed === "object" && parsed ? parsed : { message: String(parsed) }
	})
}

function safeParse(text, fallback) {
	try {
		return JSON.parse(text)
	} catch {
		return fallback
	}
}

/** A refusal or failure of the server, with Frappe's parts taken apart. */
export class ServerError extends Error {
	/**
	 * @param {number} status HTTP status
	 * @param {object} body decoded answer; v1 and v2 error forms are understood
	 */
	constructor(status, body = {}) {
		const messages = body.errors ? body.errors : parseServerMessages(body._server_messages)
		super(ServerError.summary(status, body, messages))
		this.name = "ServerError"
		this.status = status
		this.body = body
		this.messages = messages
		this.excType = body.exc_type || body.errors?.[0]?.type || ""
		this.exception = String(body.exception || "")
	}

	static summary(status, body, messages) {
		const last = messages.findLast?.((m) => m.raise_exception) || messages.at(-1)
		if (last?.message) return plainText(last.message)
		if (body._error_message) return plainText(body._error_message)
		const exception = String(body.exception || body.message || "")
		return plainText(exception.replace(/^[\w.]+(Error|Exception)?:\s*/, "")) || `HTTP ${status}`
	}

	get isPermission() {
		return this.status === 403 || this.excType === "PermissionError"
	}

	get isMissing() {
		return this.status === 404 || this.excType === "DoesNotExistError"
	}

	get isConflict() {
		return this.excType === "TimestampMismatchError"
	}

	/** Fieldnames of a MandatoryError: `[DocType, name]: a, b`. */
	get missingFields() {
		const match = /MandatoryError:?\s*\[[^\]]*\]:\s*(.+)$/.exec(this.exception)
		return match ? match[1].split(",").map((part) => part.trim()) : []
	}
}

/** The network did not carry the request; nothing is known about its effect. */
export class NetworkError extends Error {
	constructor(cause) {
		super("Network")
		this.name = "NetworkError"
		this.cause = cause
	}
}
