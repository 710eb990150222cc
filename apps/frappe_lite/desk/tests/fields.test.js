import { mount } from "@vue/test-utils"
import { beforeEach, expect, test } from "vitest"
import { nextTick } from "vue"
import FieldControl from "@/fields/FieldControl.vue"
import { controls } from "@/fields/index.js"
import { selectOptions } from "@/fields/options.js"
import { FieldGroup } from "@/frm/fieldgroup.js"
import { cleanHtml } from "@/ui/html.js"
import LinkText from "@/ui/LinkText.vue"
import { contrast, readTokens } from "./contrast.js"
import { startPage, serve } from "./helpers.js"
import { addTitle, knownTitle } from "@/model/titles.js"

beforeEach(() => {
	startPage()
	serve({})
})

function draw(df) {
	const group = new FieldGroup({ fields: [df] })
	const wrapper = mount(FieldControl, {
		props: { field: group.fields[0], host: group },
		global: { stubs: { RouterLink: true } },
		attachTo: document.body,
	})
	return { group, wrapper }
}

test.each(Object.keys(controls).filter((type) => !["Table", "Table MultiSelect"].includes(type)))(
	"a %s is drawn",
	async (fieldtype) => {
		const { wrapper } = draw({
			fieldname: "x",
			fieldtype,
			label: "A label",
			options: fieldtype === "Select" ? "A\nB" : undefined,
		})
		await nextTick()
		expect(wrapper.html()).toContain('data-fieldname="x"')
		wrapper.unmount()
	},
)

test("a label belongs to its control; required is said in words", () => {
	const { wrapper } = draw({ fieldname: "x", fieldtype: "Data", label: "Place", reqd: 1 })
	const label = wrapper.find("label")
	expect(label.attributes("for")).toBe(wrapper.find("input").attributes("id"))
	expect(label.text()).toContain("(required)")
	wrapper.unmount()
})

test("what is typed reaches the document in the field's own type", async () => {
	const { group, wrapper } = draw({ fieldname: "n", fieldtype: "Int", label: "N" })
	const input = wrapper.find("input")
	await input.setValue("1,200")
	expect(group.doc.n).toBe(1200)
	await input.setValue("many")
	expect(group.doc.n).toBe(1200)
	expect(wrapper.text()).toContain("Please enter a number")
	wrapper.unmount()
})

test("a wrong value is tied to its message for screen readers", async () => {
	const { group, wrapper } = draw({ fieldname: "x", fieldtype: "Data", label: "Place", reqd: 1 })
	expect(group.get_values()).toBe(null)
	await nextTick()
	const input = wrapper.find("input")
	expect(input.attributes("aria-invalid")).toBe("true")
	expect(wrapper.find(`#${input.attributes("aria-describedby")}`).text()).toBe("Place is required")
	wrapper.unmount()
})

test("choices come as lines, lists or pairs", () => {
	expect(selectOptions("A\nB").map((option) => option.value)).toEqual(["A", "B"])
	expect(selectOptions([{ value: 1, label: "One" }])[0]).toMatchObject({ value: "1", label: "One" })
	expect(selectOptions(null)).toEqual([])
})

test.each([
	['<img src=x onerror="alert(1)">', "onerror"],
	["<script>alert(1)</script>hi", "script"],
	['<a href="javascript:alert(1)">x</a>', "javascript"],
	["<svg onload=alert(1)>", "onload"],
	['<iframe src="//x"></iframe>', "iframe"],
])("%s loses what could run", (html, bad) => {
	expect(cleanHtml(html)).not.toContain(bad)
})

test.each(["light", "dark"])("texts of the %s theme have the contrast of WCAG AA", (theme) => {
	const token = readTokens(theme)
	const pairs = [
		["--text", "--surface"],
		["--text", "--bg"],
		["--text-2", "--surface"],
		["--text-2", "--surface-2"],
		["--text-3", "--surface"],
		["--text-3", "--bg"],
		["--on-accent", "--accent"],
		["--accent", "--surface"],
		["--accent-strong", "--accent-soft"],
		...["red", "orange", "yellow", "blue", "green", "gray", "purple"].map((name) => [
			`--${name}`,
			`--${name}-soft`,
		]),
	]
	const weak = pairs
		.filter(([text, ground]) => contrast(token[text], token[ground]) < 4.5)
		.map((pair) => [...pair, contrast(token[pair[0]], token[pair[1]])])
	expect(weak).toEqual([])
	expect(contrast(token["--border-control"], token["--surface"])).toBeGreaterThan(3)
})

test("a link to a translated DocType is read in the user's language", () => {
	startPage({
		lang: "zh",
		__messages: { "In Registry": "在库" },
		translated_doctypes: ["Workflow State"],
	})
	const read = (doctype) => mount(LinkText, { props: { doctype, name: "In Registry", plain: true } }).text()
	expect(read("Workflow State")).toBe("在库")
	expect(read("Student Case")).toBe("In Registry")
	addTitle("Workflow State", "S1", "In Registry")
	addTitle("Student Case", "S1", "In Registry")
	expect(knownTitle("Workflow State", "S1")).toBe("在库")
	expect(knownTitle("Student Case", "S1")).toBe("In Registry")
})
