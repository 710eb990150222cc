import { beforeEach, expect, test } from "vitest"
import { connections } from "@/form/connections.js"
import { findConflicts, mergeDocs } from "@/form/conflict.js"
import { layoutFields, tabOf } from "@/form/layout.js"
import { timelineEvents, versionLines } from "@/form/timeline.js"
import { reportMeta, startPage } from "../helpers.js"

beforeEach(() => {
	startPage()
	reportMeta()
})

const handles = (...types) =>
	types.map((type, i) => ({ fieldname: `f${i}`, df: { fieldname: `f${i}`, fieldtype: type } }))

test("fields fall into tabs, sections and columns", () => {
	const tabs = layoutFields(
		handles("Data", "Column Break", "Data", "Section Break", "Data", "Tab Break", "Data"),
	)
	expect(tabs).toHaveLength(2)
	expect(
		tabs[0].sections.map((section) =>
			section.columns.map((column) => column.fields.map((field) => field.fieldname)),
		),
	).toEqual([[["f0"], ["f2"]], [["f4"]]])
	expect(tabOf(tabs, "f6")).toBe(1)
	expect(tabOf(tabs, "none")).toBe(-1)
})

test("a DocType that begins with a tab has no empty first tab", () => {
	expect(layoutFields(handles("Tab Break", "Data"))).toHaveLength(1)
})

const FIELDS = [
	{ fieldname: "title", fieldtype: "Data" },
	{ fieldname: "count", fieldtype: "Int" },
	{ fieldname: "signals", fieldtype: "Table", options: "Warning Report Signal" },
]
const rows = (...names) => names.map((signal, i) => ({ name: `r${i}-${signal}`, signal, idx: i + 1 }))

test("a conflict lists what the reader changed, and merging loses nothing", () => {
	const original = { title: "a", count: 1, signals: rows("x") }
	const mine = { title: "mine", count: 1, signals: rows("x", "y") }
	const theirs = { title: "theirs", count: 2, signals: rows("x"), modified: "later" }
	const found = findConflicts(original, mine, theirs, FIELDS, () => ["signal"])
	expect(found.map(({ df, both }) => [df.fieldname, both])).toEqual([
		["title", true],
		["signals", false],
	])
	const merged = mergeDocs(theirs, found, ({ df }) => df.fieldname === "signals")
	expect(merged).toMatchObject({ title: "theirs", count: 2, modified: "later" })
	expect(merged.signals).toHaveLength(2)
})

test("a version reads as label, before and after", () => {
	const data = JSON.stringify({
		changed: [["title", "One", "Two"]],
		row_changed: [["signals", 0, "r", [["weight", 1, 2]]]],
		added: [["signals", {}]],
		removed: [],
	})
	expect(versionLines("Warning Report", { data })).toEqual([
		{ label: "Title", text: "One → Two" },
		{ label: "Signals Row 1 · weight", text: "1 → 2" },
		{ label: "Signals", text: "1 rows added" },
	])
})

test("the timeline joins comments, versions and logs, newest first", () => {
	const doc = { doctype: "Warning Report", creation: "2026-11-23 08:00:00", owner: "a" }
	const info = {
		comments: [
			{
				name: "c",
				content: "<p>hi</p>",
				owner: "b",
				creation: "2026-11-23 10:00:00",
				comment_type: "Comment",
			},
		],
		versions: [
			{ name: "v", owner: "a", creation: "2026-11-23 09:00:00", data: '{"changed":[["title","a","b"]]}' },
		],
		workflow_logs: [
			{ name: "w", owner: "a", content: "Open", comment_type: "Workflow", creation: "2026-11-23 11:00:00" },
		],
	}
	expect(timelineEvents(doc, info).map((entry) => entry.kind)).toEqual([
		"workflow",
		"comment",
		"version",
		"log",
	])
})

test("the panel lists what points to the record, each kind once", () => {
	const meta = {
		__dashboard: {
			fieldname: "report",
			non_standard_fieldnames: { Duty: "source_name" },
			transactions: [{ label: "Work", items: ["Risk Assessment", "Duty"] }],
		},
		links: [
			{ link_doctype: "Duty", link_fieldname: "x" },
			{ link_doctype: "Student Case", link_fieldname: "report", group: "Registry" },
		],
	}
	expect(connections(meta)).toEqual([
		{
			label: "Work",
			items: [
				{ doctype: "Risk Assessment", fieldname: "report" },
				{ doctype: "Duty", fieldname: "source_name" },
			],
		},
		{ label: "Registry", items: [{ doctype: "Student Case", fieldname: "report" }] },
	])
})
