import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, test } from "vitest"
import { boot } from "@/boot/boot.js"
import { __, fill } from "@/i18n/index.js"
import zh from "@/i18n/zh.js"
import { startPage } from "./helpers.js"

beforeEach(() => startPage())

const SRC = join(import.meta.dirname, "../src")

function sources(folder = SRC) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name)
		if (entry.isDirectory()) return sources(path)
		return /\.(vue|js)$/.test(entry.name) && entry.name !== "zh.js" ? [path] : []
	})
}

const CALL = /__\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g
const LABEL = /label: "([A-Z][^"]*)"/g
const UNIT = /: "(\{0\} [a-z ]+)"/g

test("every text of the desk has a Chinese one", () => {
	const missing = new Set()
	for (const path of sources()) {
		const text = readFileSync(path, "utf8")
		for (const pattern of [CALL, LABEL, UNIT])
			for (const match of text.matchAll(pattern))
				if (!(match[1] ?? match[2] in zh)) missing.add(match[1] ?? match[2])
		for (const pattern of [CALL, LABEL, UNIT])
			for (const match of text.matchAll(pattern)) {
				const key = match[1] ?? match[2]
				if (!(key in zh)) missing.add(key)
			}
	}
	expect([...missing]).toEqual([])
})

test("placeholders are the same in both languages", () => {
	const holes = (text) => (text.match(/\{\d\}/g) || []).sort().join()
	expect(Object.entries(zh).filter(([key, value]) => holes(key) !== holes(value))).toEqual([])
})

test("the server's words come first, then the desk's, then the source", () => {
	boot.lang = "zh"
	boot.__messages = { Save: "存", "Open:Duty": "待办" }
	expect(__("Save")).toBe("存")
	expect(__("Open", null, "Duty")).toBe("待办")
	expect(__("Cancel")).toBe("取消")
	expect(__("Unknown words")).toBe("Unknown words")
	boot.lang = "en"
	expect(__("Cancel")).toBe("Cancel")
	expect(__("{0} of {1}", [1, 2])).toBe("1 of 2")
	expect(fill("{a} {b}", { a: "x" })).toBe("x {b}")
})

test("colours and sizes are written in one place", () => {
	const found = sources()
		.filter((path) => path.endsWith(".vue"))
		.filter((path) => {
			const style = /<style>([\s\S]*)<\/style>/.exec(readFileSync(path, "utf8"))?.[1] || ""
			return /#[0-9a-f]{3,8}\b|rgba?\(/i.test(style)
		})
	expect(found).toEqual([])
})
