/** Addresses: which workspace or DocType a path part means. */
import { boot } from "@/boot/boot.js"
import { slug } from "./locals.js"

export const workspaces = () => boot.workspaces?.pages || []

export const workspaceOf = (part) =>
	workspaces().find((page) => slug(page.title || page.name) === part || slug(page.name) === part)

const RIGHTS = ["can_read", "can_select", "can_search", "can_create", "can_write"]

/** The DocType of an address part; one the user has no right on is guessed from the words. */
export function doctypeOf(part) {
	const text = decodeURIComponent(part || "")
	for (const right of RIGHTS) {
		const found = (boot.user[right] || []).find((name) => slug(name) === text || name === text)
		if (found) return found
	}
	const single = (boot.single_types || []).find((name) => slug(name) === text)
	return single || text.split("-").map(capital).join(" ")
}

const SMALL = ["of", "and", "the", "to"]
const capital = (word) => (SMALL.includes(word) ? word : word.charAt(0).toUpperCase() + word.slice(1))

export const isSingle = (doctype) => (boot.single_types || []).includes(doctype)

export const listPath = (doctype) => `/app/${slug(doctype)}`
export const formPath = (doctype, name) => `/app/${slug(doctype)}/${encodeURIComponent(name)}`
export const reportPath = (name) => `/app/query-report/${encodeURIComponent(name)}`
export const workspacePath = (page) => `/app/${encodeURIComponent(slug(page.title || page.name))}`
