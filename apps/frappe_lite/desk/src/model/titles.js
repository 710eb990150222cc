/** Titles of linked records whose names are opaque codes. */
import { reactive } from "vue"
import { linkTitle } from "@/api/documents.js"
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"

const titles = reactive({})
const asked = new Set()

const key = (doctype, name) => `${doctype}::${name}`

export function addTitle(doctype, name, title) {
	if (doctype && name && title) titles[key(doctype, name)] = title
}

/** Takes over `_link_titles` of a `getdoc` answer: `{"DocType::name": "title"}`. */
export const addTitles = (map) => Object.assign(titles, map || {})

/** The title of a record if it is known, in the user's language where its DocType is translated. */
export function knownTitle(doctype, name) {
	const title = titles[key(doctype, name)]
	return title && boot.translated_doctypes?.includes(doctype) ? __(title) : title
}

export const usesTitles = (doctype) => (boot.link_title_doctypes || []).includes(doctype)

/** Asks the server once for a title that is not known yet. */
export function wantTitle(doctype, name) {
	if (!doctype || !name || !usesTitles(doctype)) return
	const id = key(doctype, name)
	if (titles[id] || asked.has(id)) return
	asked.add(id)
	linkTitle(doctype, name)
		.then((title) => title && addTitle(doctype, name, title))
		.catch(() => asked.delete(id))
}
