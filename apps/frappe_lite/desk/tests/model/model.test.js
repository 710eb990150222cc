import { beforeEach, expect, test } from "vitest"
import { boot, parseBoot } from "@/boot/boot.js"
import * as dates from "@/model/dates.js"
import { makeDoc } from "@/model/defaults.js"
import { evaluate } from "@/model/evaluate.js"
import { formatValue } from "@/model/format.js"
import { flt, formatNumber, parseNumber, roundNumber } from "@/model/numbers.js"
import { fieldStatus, isRequired, rolePermissions, stateAllowsEdit } from "@/model/perm.js"
import { doctypeOf } from "@/model/routes.js"
import { setMeta } from "@/model/meta.js"
import { reportMeta, startPage } from "../helpers.js"

beforeEach(() => {
	startPage()
	reportMeta()
})

test.each([
	["injury", { injury: 1 }, true],
	["injury", { injury: 0 }, false],
	["signals", { signals: [] }, false],
	["eval:doc.level == 'Red' && !doc.__islocal", { level: "Red" }, true],
	["eval:['a', 'b'].includes(doc.x)", { x: "b" }, true],
	["eval:in_list(['a'], doc.x)", { x: "b" }, false],
	["eval:doc.rows.length > 1", { rows: [1] }, false],
	["eval:doc.a?.b", {}, false],
	["eval:parent.injury", { x: 1 }, true],
	["", {}, true],
	[undefined, {}, true],
])("%s of %o is %s", (expression, doc, expected) => {
	expect(evaluate(expression, doc, { parent: { injury: 1 } })).toBe(expected)
})

test("an expression with a mistake hides nothing", () => {
	expect(evaluate("eval:doc.(", {})).toBe(true)
})

test("times are said as staff speak, in Chinese and English", () => {
	const now = dates.parse("2026-11-23 10:00:00")
	expect(dates.untilDue("2026-11-23 10:25:00", now)).toBe("25 minutes left")
	expect(dates.untilDue("2026-11-23 08:00:00", now)).toBe("2 hours overdue")
	boot.lang = "zh"
	expect(dates.untilDue("2026-11-23 10:25:00", now)).toBe("还剩 25 分钟")
	expect(dates.untilDue("2026-11-23 08:00:00", now)).toBe("逾期 2 小时")
	expect(dates.ago("2026-11-20 10:00:00", now)).toBe("3 天前")
})

test("dates stay on the site's clock and months end where they end", () => {
	expect(dates.addMonths("2026-01-31", 1)).toBe("2026-02-28")
	expect(dates.addDays("2026-02-28", 1)).toBe("2026-03-01")
	expect(dates.dayDiff("2026-03-01", "2026-02-28")).toBe(1)
	expect(dates.toDatetime(dates.parse("2026-11-23 10:20:30.123456"))).toBe("2026-11-23 10:20:30")
	expect(dates.parse("")).toBe(null)
})

test("numbers are rounded and read as people write them", () => {
	expect(roundNumber(1.005, 2)).toBe(1.01)
	expect(flt("1,234.5")).toBe(1234.5)
	expect(parseNumber("１２．５")).toBe(12.5)
	expect(parseNumber("abc")).toBe(undefined)
	expect(formatNumber(1234567.5, "#,###.##", 2)).toBe("1,234,567.50")
	expect(formatNumber(-5, null, 0)).toBe("-5")
})

test("values read as text, whatever their type", () => {
	expect(formatValue(1, { fieldtype: "Check" })).toBe("Yes")
	expect(formatValue("2026-11-23 10:05:00", { fieldtype: "Datetime" })).toBe("2026-11-23 10:05")
	expect(formatValue("<p>a<br>b</p>", { fieldtype: "Text Editor" })).toBe("a b")
	expect(formatValue(5400, { fieldtype: "Duration" })).toBe("1 h 30 min")
	expect(formatValue(null, { fieldtype: "Int" })).toBe("")
})

test("a new document has defaults of words, users and the first of a required choice", () => {
	setMeta({
		name: "Dft",
		permissions: [],
		fields: [
			{ fieldname: "day", fieldtype: "Date", default: "Today" },
			{ fieldname: "who", fieldtype: "Link", options: "User", default: "__user" },
			{ fieldname: "n", fieldtype: "Int", default: "5" },
			{ fieldname: "kind", fieldtype: "Select", options: "A\nB", reqd: 1 },
			{ fieldname: "blank", fieldtype: "Select", options: "\nA\nB", reqd: 1 },
			{ fieldname: "rows", fieldtype: "Table", options: "X" },
		],
	})
	expect(makeDoc("Dft")).toMatchObject({
		day: "2026-11-23",
		who: "wang@school.test",
		n: 5,
		kind: "A",
		rows: [],
		__islocal: 1,
	})
	expect(makeDoc("Dft").blank).toBeUndefined()
})

const context = (rest) => ({
	perm: [{ read: 1, write: 1 }, { read: 1 }],
	docstatus: 0,
	formReadOnly: false,
	...rest,
})

test.each([
	[{ fieldname: "a" }, {}, "Write"],
	[{ fieldname: "a", read_only: 1 }, {}, "Read"],
	[{ fieldname: "a", hidden: 1 }, {}, "None"],
	[{ fieldname: "a", permlevel: 1 }, {}, "Read"],
	[{ fieldname: "a", permlevel: 2 }, {}, "None"],
	[{ fieldname: "a", depends_on: "eval:doc.x" }, {}, "None"],
	[{ fieldname: "a", read_only_depends_on: "eval:!doc.x" }, {}, "Read"],
	[{ fieldname: "a" }, { docstatus: 1 }, "Read"],
	[{ fieldname: "a", allow_on_submit: 1 }, { docstatus: 1 }, "Write"],
	[{ fieldname: "a", allow_on_submit: 1 }, { docstatus: 2 }, "Read"],
	[{ fieldname: "a" }, { formReadOnly: true }, "Read"],
])("%o with %o is %s", (df, rest, expected) => {
	expect(fieldStatus(df, {}, context(rest))).toBe(expected)
})

test("a field set once stays as it is after the first save", () => {
	const df = { fieldname: "a", set_only_once: 1 }
	expect(fieldStatus(df, { a: 1 }, context())).toBe("Read")
	expect(fieldStatus(df, { a: 1, __islocal: 1 }, context())).toBe("Write")
})

test("required by condition", () => {
	const df = { mandatory_depends_on: "eval:doc.injury" }
	expect(isRequired(df, { injury: 1 })).toBe(true)
	expect(isRequired(df, {})).toBe(false)
})

test("rights are those of the user's roles, by level", () => {
	const meta = {
		permissions: [
			{ role: "Subject Teacher", read: 1 },
			{ role: "Subject Teacher", permlevel: 1, read: 1 },
			{ role: "School Leader", write: 1 },
		],
	}
	expect(rolePermissions(meta)).toEqual([{ read: 1 }, { read: 1 }])
})

test("a workflow state is edited by its role alone", () => {
	const workflow = {
		doctype: "Workflow",
		name: "W",
		workflow_state_field: "state",
		states: [{ state: "Open", allow_edit: "School Leader" }],
	}
	const meta = { __workflow_docs: [workflow] }
	expect(stateAllowsEdit(meta, { state: "Open" })).toBe(false)
	expect(stateAllowsEdit(meta, { state: "Open", __islocal: 1 })).toBe(true)
	boot.user.roles = ["School Leader"]
	expect(stateAllowsEdit(meta, { state: "Open" })).toBe(true)
})

test("an address names its DocType, known or not", () => {
	expect(doctypeOf("warning-report")).toBe("Warning Report")
	expect(doctypeOf("plan-of-action")).toBe("Plan of Action")
})

test("the boot is read from the page; a page without it is a guest's", () => {
	const page = new DOMParser().parseFromString(
		'<script type="application/json" id="frappe-boot">{"lang":"en","user":{"name":"a@b"}}</script>',
		"text/html",
	)
	expect(parseBoot(page).user.name).toBe("a@b")
	expect(parseBoot(page).user.roles).toEqual(["Guest"])
	expect(parseBoot(new DOMParser().parseFromString("", "text/html")).user.name).toBe("Guest")
})
