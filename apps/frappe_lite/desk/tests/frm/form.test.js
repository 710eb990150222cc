import { beforeEach, expect, test, vi } from "vitest"
import { nextTick, watchEffect } from "vue"
import { asScriptOf, on } from "@/frm/events.js"
import { Form } from "@/frm/form.js"
import { makeDoc } from "@/model/defaults.js"
import { addToLocals, locals } from "@/model/locals.js"
import { pushed, reportMeta, serve, startPage } from "../helpers.js"

beforeEach(() => {
	startPage()
	reportMeta()
})

/** Registers handlers as one script, so that each test replaces those before. */
const script = (doctype, handlers) => asScriptOf("test", () => on(doctype, handlers))

async function newForm(host) {
	const doc = addToLocals(makeDoc("Warning Report"))
	const frm = new Form("Warning Report", host)
	await frm.open(doc.name)
	return frm
}

const saved = (body) => {
	const doc = JSON.parse(body.doc)
	return {
		docs: [
			{
				...doc,
				name: "WR-0001",
				modified: "2026-11-23 10:00:01",
				__islocal: undefined,
				__unsaved: undefined,
			},
		],
		docinfo: { permissions: { read: 1, write: 1 } },
	}
}

test("events of the life cycle run in Frappe's order", async () => {
	const order = []
	script(
		"Warning Report",
		Object.fromEntries(
			["setup", "onload", "refresh", "validate", "before_save", "after_save"].map((name) => [
				name,
				() => void order.push(name),
			]),
		),
	)
	serve({ savedocs: ({ body }) => saved(body) })
	const frm = await newForm()
	await frm.set_value("student", "S-1")
	await frm.save()
	expect(order).toEqual(["setup", "onload", "refresh", "validate", "before_save", "after_save", "refresh"])
	expect(frm.docname).toBe("WR-0001")
	expect(frm.is_new()).toBe(false)
	expect(frm.is_dirty()).toBe(false)
})

test("set_value runs the field's handler only when the value changes", async () => {
	const seen = vi.fn()
	script("Warning Report", { title: (frm) => seen(frm.doc.title) })
	const frm = await newForm()
	await frm.set_value("title", "a")
	await frm.set_value("title", "a")
	await frm.set_value({ title: "b", count: "7" })
	expect(seen.mock.calls).toEqual([["a"], ["b"]])
	expect(frm.doc.count).toBe(7)
	expect(frm.is_dirty()).toBe(true)
})

test("handlers may call each other through frm.events and frm.trigger", async () => {
	const seen = vi.fn()
	script("Warning Report", {
		refresh(frm) {
			frm.events.paint(frm)
			frm.trigger("paint")
		},
		paint: (frm) => seen(frm.docname),
	})
	const frm = await newForm()
	expect(seen).toHaveBeenCalledTimes(2)
	expect(seen).toHaveBeenCalledWith(frm.docname)
})

test("a link fetches its dependent values", async () => {
	serve({ validate_link: { message: { name: "S-1", school_class: "C-7" } } })
	script("Warning Report", {})
	const frm = await newForm()
	await frm.set_value("student", "S-1")
	expect(frm.doc.school_class).toBe("C-7")
	await frm.set_value("student", "")
	expect(frm.doc.school_class).toBe("")
})

test("add_fetch of a script works like fetch_from", async () => {
	serve({ validate_link: { message: { name: "S-1", nick: "Xiao" } } })
	script("Warning Report", { setup: (frm) => frm.add_fetch("student", "nick", "title") })
	const frm = await newForm()
	await frm.set_value("student", "S-1")
	expect(frm.doc.title).toBe("Xiao")
})

test("child rows are reachable in locals and report their changes", async () => {
	const seen = vi.fn()
	script("Warning Report Signal", {
		signals_add: (_frm, cdt, cdn) => seen("add", locals[cdt][cdn].idx),
		weight: (_frm, cdt, cdn) => seen("weight", locals[cdt][cdn].weight),
	})
	const frm = await newForm()
	const row = frm.add_child("signals", { signal: "SIG-1" })
	await frappe.model.set_value(row.doctype, row.name, "weight", "3")
	expect(seen.mock.calls).toEqual([
		["add", 1],
		["weight", 3],
	])
	expect(frm.doc.signals[0].parentfield).toBe("signals")
	frm.clear_table("signals")
	expect(frm.doc.signals).toEqual([])
})

test("missing entries stop the save, stand at their fields and send nothing", async () => {
	const calls = serve({})
	script("Warning Report", {})
	const frm = await newForm()
	await frm.set_value("injury", 1)
	frm.add_child("signals", {})
	await expect(frm.save()).rejects.toMatchObject({ isHandled: true })
	expect(frm.ui.errors.map((error) => error.child || error.fieldname)).toEqual([
		"student",
		"injury_detail",
		"signal",
	])
	expect(calls.filter((one) => one.path.endsWith("savedocs"))).toHaveLength(0)
})

test("frappe.throw in validate stops the save", async () => {
	const calls = serve({ savedocs: ({ body }) => saved(body) })
	script("Warning Report", { validate: () => frappe.throw("No") })
	const frm = await newForm()
	await frm.set_value("student", "S-1")
	await expect(frm.save()).rejects.toMatchObject({ message: "No" })
	expect(calls.some((one) => one.path.endsWith("savedocs"))).toBe(false)
	expect(frm.ui.saving).toBe(false)
})

test("a script that breaks does not keep the form from opening", async () => {
	vi.spyOn(console, "error").mockImplementation(() => {})
	script("Warning Report", {
		refresh() {
			throw new TypeError("broken script")
		},
	})
	const frm = await newForm()
	expect(frm.ui.loaded).toBe(1)
	console.error.mockRestore()
})

test("a refusal of the server is tied to the field it names", async () => {
	serve({
		savedocs: {
			__status: 417,
			exc_type: "ValidationError",
			_server_messages: JSON.stringify([JSON.stringify({ message: "<b>Student</b> is away" })]),
		},
	})
	script("Warning Report", {})
	const frm = await newForm()
	await frm.set_value("student", "S-1")
	await frm.save().catch(() => {})
	expect(frm.ui.errors).toEqual([{ message: "Student is away", fieldname: "student", label: "Student" }])
	expect(frm.doc.student).toBe("S-1")
})

test("a conflict is handed to the view with the unsaved document intact", async () => {
	serve({ savedocs: { __status: 417, exc_type: "TimestampMismatchError" } })
	script("Warning Report", {})
	const resolveConflict = vi.fn(async () => {
		throw Object.assign(new Error(""), { isHandled: true })
	})
	const frm = await newForm({ resolveConflict })
	await frm.set_value("student", "S-1")
	await frm.save().catch(() => {})
	expect(resolveConflict).toHaveBeenCalled()
	expect(frm.doc.student).toBe("S-1")
	expect(frm.is_dirty()).toBe(true)
})

test("properties, visibility and requirement change for this form alone", async () => {
	script("Warning Report", {})
	const frm = await newForm()
	frm.set_df_property("title", "read_only", 1)
	expect(frm.field_status(frm.fields_dict.title)).toBe("None")
	await frm.set_value("title", "x")
	frm.toggle_display("count", false)
	frm.toggle_reqd(["title"], true)
	expect(frm.field_status(frm.fields_dict.title)).toBe("Read")
	expect(frm.field_status(frm.fields_dict.count)).toBe("None")
	expect(frm.fields_dict.title.df.reqd).toBe(1)
	expect(frm.meta.fieldMap.title.reqd).toBeUndefined()
})

test("a field of a higher level is not there for those without the right", async () => {
	script("Warning Report", {})
	const frm = await newForm()
	expect(frm.field_status(frm.fields_dict.secret)).toBe("None")
})

test("buttons of scripts are grouped, replaced by label, and cleared on refresh", async () => {
	script("Warning Report", { refresh: (frm) => frm.add_custom_button("Call", () => {}, "Contact") })
	const frm = await newForm()
	frm
		.add_custom_button("Call", () => {}, "Contact")
		.addClass("btn-primary")
		.prop("disabled", true)
	const [button] = frm.page.state.buttons
	expect(frm.page.state.buttons).toHaveLength(1)
	expect(button.state).toMatchObject({ group: "Contact", type: "primary", disabled: true })
	await frm.refresh()
	expect(frm.page.state.buttons[0].state.type).toBe("default")
})

test("queries of fields and of table columns reach the link search", async () => {
	script("Warning Report", {
		setup(frm) {
			frm.set_query("student", () => ({ filters: { status: "Active" } }))
			frm.set_query("signal", "signals", (doc) => ({ filters: { urgent: doc.injury } }))
		},
	})
	const frm = await newForm()
	await frm.set_value("injury", 1)
	expect(frm.fields_dict.student.searchArgs().filters).toEqual({ status: "Active" })
	expect(frm.fields_dict.signals.grid.get_field("signal").get_query(frm.doc)).toEqual({
		filters: { urgent: 1 },
	})
})

test("frm.call runs a method of the document's controller and takes the answer in", async () => {
	const calls = serve({
		run_doc_method: ({ body }) => ({
			message: "done",
			docs: [{ ...JSON.parse(body.docs), title: "from server" }],
		}),
	})
	script("Warning Report", {})
	const frm = await newForm()
	const answer = await frm.call("triage", { urgent: 1 })
	expect(answer.message).toBe("done")
	expect(calls.at(-1).body.method).toBe("triage")
	expect(frm.doc.title).toBe("from server")
})

test("what a script changes in frm.doc is drawn without a refresh", async () => {
	script("Warning Report", {})
	const frm = await newForm()
	let drawn
	watchEffect(() => (drawn = frm.doc.title))
	frm.doc.title = "new"
	await nextTick()
	expect(drawn).toBe("new")
})

test("a duplicate drops what is not to be copied and opens as a new record", async () => {
	reportMeta()
	script("Warning Report", {})
	const opened = vi.fn()
	const frm = await newForm({ openNew: opened })
	await frm.set_value("student", "S-1")
	frm.add_child("signals", { signal: "SIG-1" })
	const copy = frm.copy_doc()
	expect(copy.student).toBe("S-1")
	expect(copy.signals[0]).toMatchObject({ signal: "SIG-1", idx: 1, parent: copy.name })
	expect(copy.name).not.toBe(frm.docname)
	expect(opened).toHaveBeenCalled()
})

test("frappe.new_doc opens a form with the values given", async () => {
	await frappe.new_doc("Warning Report", { student: "S-9" })
	const name = pushed[0].split("/").at(-1)
	expect(pushed[0]).toMatch(/^\/app\/warning-report\/new-warning-report-/)
	expect(locals["Warning Report"][name].student).toBe("S-9")
})
