import { beforeEach, expect, test, vi } from "vitest"
import { call, onServerMessages, onSessionExpired, request } from "@/api/client.js"
import { parseServerMessages, ServerError } from "@/api/errors.js"
import { uncompress } from "@/api/documents.js"
import { serve, startPage } from "../helpers.js"

beforeEach(() => startPage())

test("a POST carries the CSRF token and its arguments as a form", async () => {
	const calls = serve({ get_count: { message: 3 } })
	expect(await call("frappe.client.get_count", { doctype: "ToDo", filters: { a: 1 } })).toBe(3)
	expect(calls[0].headers["X-Frappe-CSRF-Token"]).toBe("tok")
	expect(calls[0].body).toEqual({ doctype: "ToDo", filters: '{"a":1}' })
})

test("messages of an error are taken apart as the recorded answers have them", async () => {
	const message = JSON.stringify({
		message: 'Level cannot be "Nope".',
		title: "Message",
		indicator: "red",
		raise_exception: 1,
	})
	serve({
		"Crisis Note": {
			__status: 417,
			exc_type: "ValidationError",
			exception: "frappe.exceptions.ValidationError: x",
			_server_messages: JSON.stringify([message]),
		},
	})
	const error = await request("/api/resource/Crisis Note", { method: "POST", json: {} }).catch((e) => e)
	expect(error).toBeInstanceOf(ServerError)
	expect(error.message).toBe('Level cannot be "Nope".')
	expect(error.excType).toBe("ValidationError")
})

test("the fields of a MandatoryError are known by name", () => {
	const error = new ServerError(417, {
		exc_type: "MandatoryError",
		exception: "frappe.exceptions.MandatoryError: [Warning Report, new-1]: student, event_time",
	})
	expect(error.missingFields).toEqual(["student", "event_time"])
})

test("an expired session asks once and repeats the request", async () => {
	let gone = true
	serve({
		get_logged_user: () => (gone ? { __status: 403 } : { message: "wang@school.test" }),
		get_list: () => (gone ? { __status: 403, exc_type: "PermissionError" } : { message: ["row"] }),
	})
	const asked = vi.fn(async () => {
		gone = false
		return true
	})
	onSessionExpired(asked)
	expect(await call("frappe.client.get_list", {})).toEqual(["row"])
	expect(asked).toHaveBeenCalledTimes(1)
	onSessionExpired(null)
})

test("a plain refusal does not ask to sign in again", async () => {
	serve({
		get_logged_user: { message: "wang@school.test" },
		get_list: { __status: 403, exc_type: "PermissionError" },
	})
	const asked = vi.fn()
	onSessionExpired(asked)
	const error = await call("frappe.client.get_list", {}).catch((e) => e)
	expect(error.isPermission).toBe(true)
	expect(asked).not.toHaveBeenCalled()
	onSessionExpired(null)
})

test("messages of a success are handed on, unless the call is silent", async () => {
	const seen = vi.fn()
	onServerMessages(seen)
	serve({ x: { message: 1, _server_messages: JSON.stringify([JSON.stringify({ message: "hello" })]) } })
	await call("x", {}, { silent: true })
	expect(seen).not.toHaveBeenCalled()
	await call("x")
	expect(seen).toHaveBeenCalledWith([{ message: "hello" }])
})

test("odd message lists do not break the page", () => {
	expect(parseServerMessages("not json")).toEqual([])
	expect(parseServerMessages(JSON.stringify(["plain words"]))).toEqual([{ message: "plain words" }])
})

test("lists come as keys and values, an empty one as a list", () => {
	expect(uncompress({ keys: ["name", "qty"], values: [["s1", 3]] })).toEqual([{ name: "s1", qty: 3 }])
	expect(uncompress([])).toEqual([])
})
