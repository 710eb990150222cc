/** What the rail and the bottom bar offer: workspaces and the shortcuts of the first one. */
import { reactive } from "vue"
import { read } from "@/api/client.js"
import { canRead, hasRole } from "@/model/perm.js"
import { listPath, reportPath, workspacePath, workspaces } from "@/model/routes.js"

const pages = reactive({})

const asked = new Set()

/** The blocks of a workspace page, fetched once and then kept fresh in the background. */
export function workspacePage(page, { fresh = false } = {}) {
	pages[page.name] ||= { data: null, error: null }
	const entry = pages[page.name]
	if (asked.has(page.name) && !fresh) return entry
	asked.add(page.name)
	read("frappe.desk.desktop.get_desktop_page", { page: JSON.stringify(page) }, { silent: true })
		.then((data) => Object.assign(entry, { data: data || {}, error: null }))
		.catch((error) => (entry.error = error))
	return entry
}

/** Where a shortcut leads, and its filter as a query. */
export function shortcutPath(item) {
	if (item.type === "URL") return item.url
	if (item.type === "Report") return reportPath(item.link_to)
	if (item.type === "Page") return `/app/${item.link_to}`
	const path = listPath(item.link_to)
	if (item.doc_view === "New") return `${path}/new`
	return path + filterQuery(item.stats_filter)
}

/** `[["Duty","status","=","Open"]]` as `?status=Open`, others as `?field=["!=","x"]`. */
export function filterQuery(text) {
	const rows = parseFilters(text)
	if (!rows.length) return ""
	const params = new URLSearchParams()
	for (const [field, operator, value] of rows)
		params.append(field, operator === "=" ? String(value) : JSON.stringify([operator, value]))
	return `?${params}`
}

export function parseFilters(text) {
	if (!text) return []
	let raw = text
	if (typeof text === "string") {
		try {
			raw = JSON.parse(text)
		} catch {
			return evaluateFilters(text)
		}
	}
	if (!Array.isArray(raw))
		return Object.entries(raw || {}).map(([key, value]) =>
			Array.isArray(value) ? [key, ...value] : [key, "=", value],
		)
	return raw.map((row) => (row.length > 3 ? row.slice(1, 4) : row))
}

/** Filters of shortcuts may be written as an expression, e.g. with the session's user. */
function evaluateFilters(text) {
	try {
		return parseFilters(new Function("frappe", `return (${text})`)(globalThis.frappe))
	} catch {
		// A filter nobody can read narrows nothing.
		return []
	}
}

const ICONS = { Report: "chart", Page: "file", URL: "link" }

export function shortcutIcon(item) {
	if (item.icon) return item.icon
	if (item.doc_view === "New") return "plus"
	return ICONS[item.type] || "list"
}

/** Entries of the rail: each workspace, and under the current one its shortcuts. */
export function railEntries() {
	return workspaces()
		.filter((page) => !page.is_hidden && !page.parent_page)
		.map((page) => ({
			page,
			path: workspacePath(page),
			children: workspaces().filter((child) => child.parent_page === (page.title || page.name)),
		}))
}

const ADMIN = [
	"DocType",
	"Role",
	"User",
	"Workflow",
	"Custom Field",
	"Notification",
	"Report",
	"Client Script",
	"Server Script",
	"Email Queue",
	"Error Log",
	"Scheduled Job Type",
]

/** Set-up lists of an administrator, as far as his rights reach. */
export const adminEntries = () =>
	hasRole(["System Manager", "Administrator", "Crisis Administrator"]) ? ADMIN.filter(canRead) : []
