import DOMPurify from "dompurify"

const RICH = {
	ALLOWED_TAGS:
		"a b blockquote br code div em h1 h2 h3 h4 hr i img li ol p pre s span strong sub sup table tbody td th thead tr u ul details summary small".split(
			" ",
		),
	ALLOWED_ATTR: ["href", "src", "alt", "title", "class", "colspan", "rowspan", "data-id", "open"],
	ALLOW_DATA_ATTR: false,
}

/** HTML from a person or the server, reduced to harmless markup. */
export function cleanHtml(html) {
	return DOMPurify.sanitize(String(html ?? ""), RICH)
}

/** The text of an HTML fragment, line breaks kept as spaces. */
export function plainText(html) {
	const text = String(html ?? "")
	if (!/[<&]/.test(text)) return text.trim()
	const spaced = text.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, " $&")
	const body = new DOMParser().parseFromString(spaced, "text/html").body
	return body.textContent.replace(/\s+/g, " ").trim()
}

export function escapeHtml(text) {
	const map = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
		"'": "&#39;",
		"`": "&#x60;",
		"=": "&#x3D;",
	}
	return String(text ?? "").replace(/[&<>"'`=]/g, (char) => map[char])
}

/** Plain typed text as HTML: escaped, with line breaks. */
export const textToHtml = (text) => escapeHtml(text).replace(/\n/g, "<br>")
