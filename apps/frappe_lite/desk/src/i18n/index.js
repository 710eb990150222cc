/** Texts: the server's translations first, then the desk's own table; the source text is English. */
import { boot } from "@/boot/boot.js"
import zh from "./zh.js"

export const isChinese = () => !/^en\b/i.test(boot.lang || "zh")

function lookup(text, context) {
	const messages = boot.__messages || {}
	if (context && messages[`${text}:${context}`]) return messages[`${text}:${context}`]
	if (messages[text]) return messages[text]
	return (isChinese() && zh[text]) || text
}

/**
 * Translates `text` and fills `{0}`, `{1}` … (or `{name}`) from `replace`.
 * @param {string} text
 * @param {Array|object} [replace]
 * @param {string} [context]
 */
export function __(text, replace, context) {
	if (!text || typeof text !== "string") return text ?? ""
	const translated = lookup(text, context)
	return replace ? fill(translated, replace) : translated
}

/** Replaces `{key}` by `values[key]`; an unknown key stays as it is. */
export function fill(text, values) {
	const source = typeof values === "object" && values !== null ? values : [values]
	return text.replace(/\{(\w*)\}/g, (whole, key) => (key in source ? String(source[key] ?? "") : whole))
}

/** Switches the language of this browser and, when signed in, of the user; then loads the page anew. */
export async function switchLanguage(lang, saveForUser) {
	document.cookie = `preferred_language=${lang}; path=/; max-age=31536000; SameSite=Lax`
	if (saveForUser) await saveForUser(lang)
	window.location.reload()
}
