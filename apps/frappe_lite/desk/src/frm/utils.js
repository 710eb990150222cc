/** `frappe.utils` and `frappe.dom` of the desk, as far as scripts use them. */
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"
import { ago, durationParts, durationText } from "@/model/dates.js"
import { addTitle, knownTitle } from "@/model/titles.js"
import { cleanHtml, escapeHtml, plainText } from "@/ui/html.js"
import { formLink, guessStyle } from "./format_html.js"
import { $ } from "./dom.js"

const quoted = (list) => list.map((item) => `"${item}"`)

function comma(list, word) {
	const items = [...(list || [])].map(String)
	if (items.length < 2) return items.join("")
	return `${items.slice(0, -1).join(", ")} ${__(word)} ${items.at(-1)}`
}

export const comma_or = (list) => comma(quoted(list || []), "or")
export const comma_and = (list) => comma(quoted(list || []), "and")

const PATTERNS = {
	email: /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/,
	phone: /^[+\d][\d\s\-()（）转#*.]{2,}$/,
	url: /^(https?|ftp):\/\/\S+$/i,
	number: /^-?\d+(\.\d+)?$/,
	digits: /^\d+$/,
}

export const utils = {
	get_form_link: formLink,
	comma_or,
	comma_and,
	icon: (name) => `<svg class="icon" aria-hidden="true" data-icon="${escapeHtml(name)}"></svg>`,
	escape_html: escapeHtml,
	unescape_html: plainText,
	html2text: plainText,
	strip_html: plainText,
	xss_sanitise: cleanHtml,
	is_html: (text) => /<[a-z][\s\S]*>/i.test(text || ""),
	is_url: (text) => PATTERNS.url.test(text || ""),
	validate_type: (value, type) => (PATTERNS[type] || /./).test(value || ""),
	guess_colour: guessStyle,
	guess_style: guessStyle,
	get_link_title: knownTitle,
	add_link_title: addTitle,
	fetch_link_title: (doctype, name) =>
		globalThis.frappe.xcall("frappe.desk.search.get_link_title", { doctype, docname: name }),
	get_formatted_duration: (value, options) =>
		durationText(value, { hideDays: options?.hide_days, hideSeconds: options?.hide_seconds }),
	seconds_to_duration: durationParts,
	get_random: (length) =>
		Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte % 36).toString(36)).join(""),
	unique: (list) => [...new Set(list)],
	remove_nulls: (list) => list.filter((item) => item != null),
	filter_dict: (list, filters) =>
		list.filter((row) => Object.entries(filters).every(([key, value]) => row[key] === value)),
	to_title_case: (text) => text.replace(/\b\w/g, (char) => char.toUpperCase()),
	debounce(fn, wait = 300) {
		let timer
		return function (...args) {
			clearTimeout(timer)
			timer = setTimeout(() => fn.apply(this, args), wait)
		}
	},
	throttle(fn, wait = 300) {
		let last = 0
		return function (...args) {
			if (Date.now() - last < wait) return undefined
			last = Date.now()
			return fn.apply(this, args)
		}
	},
	sum: (list) => list.reduce((a, b) => a + b, 0),
	generate_route: ({ type, name, doctype, doc_view }) =>
		type?.toLowerCase() === "report"
			? `/app/query-report/${encodeURIComponent(name)}`
			: formLink(doctype || name, doc_view || "").replace(/\/$/, ""),
	get_url_to_form: formLink,
	scroll_to: (element) => $(element)[0]?.scrollIntoView({ behavior: "smooth", block: "center" }),
	copy_to_clipboard: (text) =>
		navigator.clipboard
			.writeText(text)
			.then(() => globalThis.frappe.show_alert({ message: __("Copied to clipboard."), indicator: "green" })),
	play_sound: () => {},
	is_mac: () => /Mac/.test(navigator.platform),
	is_xs: () => window.innerWidth < 768,
	is_md: () => window.innerWidth < 992,
	shorten_number: (number) => String(number),
	format_number: (...args) => globalThis.format_number(...args),
	deep_clone: (value) => JSON.parse(JSON.stringify(value)),
	parse_array: (value) => (Array.isArray(value) ? value : JSON.parse(value || "[]")),
	print_format: {},
	is_current_user: (user) => user === boot.user.name,
}

export const dom = {
	freeze: (text) => document.body.setAttribute("aria-busy", text || "true"),
	unfreeze: () => document.body.removeAttribute("aria-busy"),
	set_style(css, id) {
		const style = document.getElementById(id) || document.createElement("style")
		if (id) style.id = id
		style.textContent = css
		document.head.append(style)
	},
	is_touchscreen: () => matchMedia("(pointer: coarse)").matches,
	activate() {},
	pretty_date: ago,
}

const loaded = new Map()

/** Loads a script or style sheet once. @returns {Promise<void>} */
export function requireAsset(path) {
	if (!loaded.has(path)) {
		loaded.set(
			path,
			new Promise((resolve, reject) => {
				const css = /\.css(\?|$)/.test(path)
				const tag = document.createElement(css ? "link" : "script")
				Object.assign(tag, css ? { rel: "stylesheet", href: path } : { src: path, async: false })
				tag.onload = () => resolve()
				tag.onerror = () => reject(new Error(`${path} could not be loaded`))
				document.head.append(tag)
			}),
		)
	}
	return loaded.get(path)
}

export async function requireAssets(paths, callback) {
	for (const path of [].concat(paths || [])) if (!/\.bundle\./.test(path)) await requireAsset(path)
	callback?.()
}
