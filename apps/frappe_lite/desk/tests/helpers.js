/** A page for the tests: globals, a signed-in user, a server made of answers. */
import { vi } from "vitest"
import { boot } from "@/boot/boot.js"
import { installRuntime } from "@/frm/runtime.js"
import { setMeta } from "@/model/meta.js"
import { locals } from "@/model/locals.js"

export const pushed = []
let installed = false

export function startPage(overrides = {}) {
	Object.assign(boot, {
		lang: "en",
		__messages: {},
		user: {
			name: "wang@school.test",
			full_name: "王老师",
			roles: ["Subject Teacher"],
			can_read: ["Warning Report"],
			can_create: ["Warning Report"],
			can_write: [],
			defaults: {},
		},
		server_time: "2026-11-23 10:00:00",
		__received: Date.now(),
		csrf_token: "tok",
		...overrides,
	})
	if (!installed) installRuntime({ push: (path) => pushed.push(path), route: () => [] })
	installed = true
	pushed.length = 0
	for (const doctype of Object.keys(locals)) delete locals[doctype]
}

const field = (fieldname, fieldtype, rest = {}) => ({ fieldname, fieldtype, label: fieldname, ...rest })

/** A submittable-free parent with a table, as a small Warning Report. */
export function reportMeta(extra = {}) {
	setMeta({
		name: "Warning Report Signal",
		istable: 1,
		fields: [
			field("signal", "Link", { options: "Warning Signal", in_list_view: 1, reqd: 1 }),
			field("weight", "Int", { in_list_view: 1 }),
		],
	})
	setMeta({
		name: "Warning Report",
		sort_field: "modified",
		sort_order: "DESC",
		title_field: "title",
		fields: [
			field("student", "Link", { options: "Student Profile", label: "Student", reqd: 1, in_list_view: 1 }),
			field("title", "Data", { label: "Title" }),
			field("school_class", "Link", { options: "School Class", fetch_from: "student.school_class" }),
			field("injury", "Check", { label: "Injury" }),
			field("injury_detail", "Small Text", {
				label: "Injury detail",
				depends_on: "injury",
				mandatory_depends_on: "eval:doc.injury",
			}),
			field("signals", "Table", { options: "Warning Report Signal", label: "Signals" }),
			field("secret", "Data", { permlevel: 1 }),
			field("count", "Int", { label: "Count" }),
		],
		permissions: [{ role: "Subject Teacher", permlevel: 0, read: 1, write: 1, create: 1 }],
		...extra,
	})
}

/** Answers requests by the end of their path; each answer is a value or a function of the request. */
export function serve(answers) {
	const calls = []
	globalThis.fetch = vi.fn(async (url, init = {}) => {
		const path = String(url).split("?")[0]
		const body = init.body instanceof URLSearchParams ? Object.fromEntries(init.body) : init.body
		calls.push({ url: String(url), path, method: init.method, headers: init.headers, body })
		const key = Object.keys(answers).find((end) => path.endsWith(end))
		const answer = key
			? typeof answers[key] === "function"
				? answers[key]({ url: String(url), body, init })
				: answers[key]
			: {}
		const { status = 200, ...data } = answer.__status ? { ...answer, status: answer.__status } : answer
		return new Response(JSON.stringify(data), { status, headers: { "content-type": "application/json" } })
	})
	return calls
}
