/** `frappe.render_template`: Frappe's micro templates (`{{ value }}`, `{% statement %}`, `{%= value %}`). */

const cache = new Map()

const TOKEN = /\{%=([\s\S]+?)%\}|\{%-?([\s\S]+?)-?%\}|\{\{([\s\S]+?)\}\}/g

/** Jinja-like statements that desk templates use, as JavaScript. */
function statement(code) {
	const text = code.trim()
	const loop = /^for\s+(\w+)\s+in\s+(.+)$/.exec(text)
	if (loop) return `for (const ${loop[1]} of (${loop[2]}) || []) {`
	if (/^(endif|endfor)$/.test(text)) return "}"
	if (text === "else") return "} else {"
	const branch = /^(el)?if\s+([^({][\s\S]*)$/.exec(text)
	if (branch && !text.endsWith("{")) return `${branch[1] ? "} else " : ""}if (${branch[2]}) {`
	return text
}

function compile(source) {
	let code = "let out = '';\nwith (data) {\n"
	let at = 0
	for (const match of source.matchAll(TOKEN)) {
		code += `out += ${JSON.stringify(source.slice(at, match.index))};\n`
		const value = match[1] ?? match[3]
		code += value ? `out += text((${value.trim()}));\n` : `${statement(match[2])}\n`
		at = match.index + match[0].length
	}
	code += `out += ${JSON.stringify(source.slice(at))};\n}\nreturn out;`
	return new Function("data", "text", code)
}

/**
 * @param {string} name a template of `frappe.templates`, or the template itself
 * @param {object} data names the template may use, besides globals
 */
export function renderTemplate(name, data = {}) {
	const source = globalThis.frappe?.templates?.[name] || name
	if (!cache.has(source)) cache.set(source, compile(source))
	return cache.get(source)(data || {}, (value) => (value == null ? "" : String(value)))
}
