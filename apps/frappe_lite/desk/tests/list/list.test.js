import { beforeEach, expect, test } from "vitest"
import { isStillDue, listColumns, queryFields, standardFilters } from "@/list/columns.js"
import { filterText, fromQuery, toQuery } from "@/list/filters.js"
import { indicatorOf } from "@/list/indicator.js"
import { ListModel } from "@/list/model.js"
import { getMeta } from "@/model/meta.js"
import { layoutBlocks } from "@/workspace/blocks.js"
import { filterQuery, parseFilters, shortcutPath } from "@/layout/navigation.js"
import { normalColumns, normalRows } from "@/report/columns.js"
import { normalFilters } from "@/frm/listview.js"
import { reportMeta, serve, startPage } from "../helpers.js"

beforeEach(() => {
	startPage()
	reportMeta()
})

test("the address carries codes and choices, never typed words", () => {
	const filters = [
		["student", "=", "S-1"],
		["title", "like", "%张三%"],
		["count", ">", 3],
	]
	expect(toQuery("Warning Report", filters)).toEqual({ student: "S-1", count: '[">",3]' })
	expect(fromQuery("Warning Report", { student: "S-1", count: '[">",3]', unknown: "x" })).toEqual([
		["student", "=", "S-1"],
		["count", ">", 3],
	])
})

test("a filter reads as words", () => {
	expect(filterText("Warning Report", ["title", "like", "%a%"])).toBe("Title contains “a”")
	expect(filterText("Warning Report", ["injury", "=", 1])).toBe("Injury is Yes")
})

test("filters of scripts are understood in every form", () => {
	expect(normalFilters([["status", "=", "Open"]], "Duty")).toEqual([["status", "=", "Open"]])
	expect(normalFilters([["Duty", "status", "!=", "Done"]], "Duty")).toEqual([["status", "!=", "Done"]])
	expect(normalFilters({ status: ["in", ["A"]], x: 1 }, "Duty")).toEqual([
		["status", "in", ["A"]],
		["x", "=", 1],
	])
})

test("columns are those marked for the list; the title is not shown twice", () => {
	const meta = getMeta("Warning Report")
	expect(listColumns(meta).map((df) => df.fieldname)).toEqual(["student"])
	expect(queryFields(meta)).toContain("`tabWarning Report`.`title`")
	expect(standardFilters(meta)).toEqual([])
})

test("a list asks, keeps its rows while it refreshes, and counts", async () => {
	let rows = { keys: ["name", "title"], values: [["WR-1", "One"]] }
	const calls = serve({ "reportview.get": () => ({ message: rows }), get_count: { message: 1 } })
	const model = new ListModel("Warning Report")
	model.start([["student", "=", "S-1"]])
	await model.load()
	expect(model.rows[0].title).toBe("One")
	expect(JSON.parse(calls[0].body.filters)).toEqual([["Warning Report", "student", "=", "S-1"]])
	expect(calls[0].body.order_by).toBe("`tabWarning Report`.`modified` desc")
	rows = []
	const job = model.load()
	expect(model.rows).toHaveLength(1)
	await job
	expect(model.rows).toHaveLength(0)
	expect(model.state.count).toBe(0)
})

test("one filter per field: setting it anew replaces it, emptying removes it", async () => {
	serve({ "reportview.get": { message: [] } })
	const model = new ListModel("Warning Report")
	await model.setField("student", "=", "S-1")
	await model.setField("student", "=", "S-2")
	expect(model.filters).toEqual([["student", "=", "S-2"]])
	await model.setField("student", "=", "")
	expect(model.filters).toEqual([])
})

test("a state has a word and a colour: script, workflow, status, submission", () => {
	const flow = {
		name: "X",
		fieldMap: {},
		__workflow_docs: [
			{ doctype: "Workflow", name: "W", workflow_state_field: "state" },
			{ doctype: "Workflow State", name: "Rejected", style: "Danger" },
		],
	}
	expect(indicatorOf({ state: "Rejected" }, flow)).toEqual({ label: "Rejected", color: "red" })
	frappe.listview_settings.Y = { get_indicator: (doc) => [doc.level, "orange", "level,=,x"] }
	expect(indicatorOf({ level: "Watch" }, { name: "Y", fieldMap: {} })).toEqual({
		label: "Watch",
		color: "orange",
	})
	expect(indicatorOf({ status: "Overdue" }, { name: "Z", fieldMap: { status: {} } })).toEqual({
		label: "Overdue",
		color: "red",
	})
	expect(indicatorOf({ docstatus: 2 }, { name: "Z", fieldMap: {}, is_submittable: 1 })).toEqual({
		label: "Cancelled",
		color: "red",
	})
})

test("a workspace shows its blocks and leaves out what the user may not see", () => {
	const content = [
		{ id: "h", type: "header", data: { text: "Today", col: 12 } },
		{ id: "a", type: "shortcut", data: { shortcut_name: "My duties", col: 3 } },
		{ id: "b", type: "shortcut", data: { shortcut_name: "Hidden", col: 3 } },
		{ id: "i", type: "header", data: { text: "For others", col: 12 } },
		{ id: "c", type: "number_card", data: { number_card_name: "Hidden", col: 3 } },
		{ id: "j", type: "header", data: { text: "Nothing was laid out here", col: 12 } },
	]
	const blocks = layoutBlocks(
		{ content: JSON.stringify(content) },
		{ shortcuts: { items: [{ label: "My duties", type: "DocType", link_to: "Duty" }] } },
	)
	expect(blocks.map((block) => block.id)).toEqual(["h", "a", "j"])
	expect(blocks[1].span).toBe(3)
	expect(
		layoutBlocks({ content: "broken" }, { shortcuts: { items: [{ label: "My duties" }] } }),
	).toHaveLength(1)
})

test("shortcuts lead to filtered lists, new forms and reports", () => {
	expect(
		shortcutPath({ type: "DocType", link_to: "Duty", stats_filter: '[["Duty","state","=","Open"]]' }),
	).toBe("/app/duty?state=Open")
	expect(shortcutPath({ type: "DocType", link_to: "Warning Report", doc_view: "New" })).toBe(
		"/app/warning-report/new",
	)
	expect(shortcutPath({ type: "Report", link_to: "By Article" })).toBe("/app/query-report/By%20Article")
	expect(parseFilters('{"owner": frappe.session.user}')).toEqual([["owner", "=", "wang@school.test"]])
	expect(filterQuery('{"state":["!=","Done"]}')).toBe("?state=%5B%22%21%3D%22%2C%22Done%22%5D")
})

test("reports answer in old and new shapes", () => {
	const columns = normalColumns([
		"Student:Link/Student Profile:120",
		{ fieldname: "n", label: "N", fieldtype: "Int" },
	])
	expect(columns[0]).toEqual({
		label: "Student",
		fieldname: "student",
		fieldtype: "Link",
		options: "Student Profile",
		width: 120,
	})
	expect(normalRows([["S-1", 2], { student: "S-2", n: 3 }], columns)).toEqual([
		{ student: "S-1", n: 2 },
		{ student: "S-2", n: 3 },
	])
})

test("what is done is never overdue", () => {
	const due = { fieldname: "due_at", fieldtype: "Datetime" }
	expect(isStillDue(due, { state: "Overdue" })).toBe(true)
	expect(isStillDue(due, { state: "Done Late" })).toBe(false)
	expect(isStillDue({ fieldname: "raised_at", fieldtype: "Datetime" }, { state: "Open" })).toBe(false)
})
