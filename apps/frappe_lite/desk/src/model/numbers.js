/** Numbers: Frappe's `cint`, `flt`, `cstr` and the site's number format. */
import { boot } from "@/boot/boot.js"

export function cint(value, fallback = 0) {
	if (value === true) return 1
	const number = Number.parseInt(value, 10)
	return Number.isNaN(number) ? fallback : number
}

export function cstr(value) {
	return value == null ? "" : String(value)
}

/** Rounds half away from zero, without binary dust: `roundNumber(1.005, 2)` is 1.01. */
export function roundNumber(value, precision = 0) {
	const factor = 10 ** precision
	const scaled = Number((Math.abs(value) * factor).toPrecision(15))
	return (Math.sign(value) * Math.round(scaled)) / factor
}

export function flt(value, precision) {
	if (value == null || value === "") return 0
	const number = typeof value === "number" ? value : Number.parseFloat(String(value).replace(/,/g, ""))
	if (Number.isNaN(number)) return 0
	return precision == null || precision === "" ? number : roundNumber(number, Number(precision))
}

const SEPARATORS = {
	"#,###.##": [".", ","],
	"#.###,##": [",", "."],
	"# ###.##": [".", " "],
	"#,##,###.##": [".", ","],
	"#.###": ["", "."],
	"#,###": ["", ","],
}

/** Writes a number with the site's separators. */
export function formatNumber(value, format, precision) {
	if (value == null || value === "") return ""
	const [decimal, group] = SEPARATORS[format || boot.sysdefaults?.number_format || "#,###.##"] || [".", ","]
	const digits = precision ?? (Number.isInteger(flt(value)) ? 0 : cint(boot.sysdefaults?.float_precision, 3))
	const [whole, part] = Math.abs(roundNumber(flt(value), digits))
		.toFixed(digits)
		.split(".")
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group)
	return `${flt(value) < 0 ? "-" : ""}${grouped}${part && decimal ? decimal + part : ""}`
}

/** Parses what a person typed: group separators and a full-width digit set are accepted. */
export function parseNumber(text) {
	const plain = cstr(text)
		.replace(/[０-９．－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/[,\s]/g, "")
	if (plain === "") return null
	const number = Number(plain)
	return Number.isNaN(number) ? undefined : number
}

export function formatCurrency(value, currency, precision) {
	const unit = currency || boot.sysdefaults?.currency || ""
	const text = formatNumber(value, null, precision ?? cint(boot.sysdefaults?.currency_precision, 2))
	return unit && text ? `${unit} ${text}` : text
}
