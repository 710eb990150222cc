/** Joins everything that happened to a document into one list, newest first. */
import { __ } from "@/i18n/index.js"
import { formatValue } from "@/model/format.js"
import { getField } from "@/model/meta.js"
import { plainText } from "@/ui/html.js"

const LOGS = {
	assignment_logs: "user",
	attachment_logs: "clip",
	info_logs: "dot",
	workflow_logs: "flag",
	like_logs: "heart",
	share_logs: "share",
}

const event = (row, rest) => ({ id: row.name, when: row.creation, user: row.owner, ...rest })

function parseVersion(row) {
	try {
		return typeof row.data === "string" ? JSON.parse(row.data) : row.data || {}
	} catch {
		return {}
	}
}

function changeText(doctype, [fieldname, before, after]) {
	const df = getField(doctype, fieldname)
	if (!df || df.hidden) return null
	const short = (value) => {
		const text = plainText(formatValue(value, df))
		return text.length > 80 ? `${text.slice(0, 80)}…` : text || __("empty")
	}
	return { label: __(df.label), text: `${short(before)} → ${short(after)}` }
}

/** Readable lines of one Version row. */
export function versionLines(doctype, row) {
	const data = parseVersion(row)
	const lines = (data.changed || []).map((change) => changeText(doctype, change)).filter(Boolean)
	for (const [table, idx, , changes] of data.row_changed || []) {
		const df = getField(doctype, table)
		for (const change of changes || []) {
			const line = changeText(df?.options, change)
			if (line)
				lines.push({ label: `${__(df?.label)} ${__("Row {0}", [idx + 1])} · ${line.label}`, text: line.text })
		}
	}
	for (const [key, words] of [
		["added", "{0} rows added"],
		["removed", "{0} rows removed"],
	]) {
		for (const table of new Set((data[key] || []).map((entry) => entry[0]))) {
			const count = data[key].filter((entry) => entry[0] === table).length
			lines.push({ label: __(getField(doctype, table)?.label || table), text: __(words, [count]) })
		}
	}
	return lines
}

/**
 * @param {object} doc
 * @param {object} info docinfo of `getdoc`
 * @returns {Array<{id: string, kind: string, when: string, user: string, html?: string, lines?: object[], icon: string}>}
 */
export function timelineEvents(doc, info) {
	const events = [
		...(info.comments || []).map((row) => event(row, { kind: "comment", html: row.content, icon: "edit" })),
		...(info.communications || []).map((row) =>
			event(row, {
				kind: "mail",
				html: row.content,
				title: row.subject,
				when: row.communication_date || row.creation,
				user: row.sender || row.owner,
				icon: "bell",
			}),
		),
		...(info.versions || [])
			.map((row) => event(row, { kind: "version", lines: versionLines(doc.doctype, row), icon: "edit" }))
			.filter((entry) => entry.lines.length),
	]
	for (const [key, icon] of Object.entries(LOGS))
		for (const row of info[key] || [])
			events.push(
				event(row, { kind: key === "workflow_logs" ? "workflow" : "log", html: logText(row), icon }),
			)
	for (const row of info.additional_timeline_content || [])
		events.push({
			id: row.name || row.creation,
			when: row.creation,
			kind: "log",
			html: row.content,
			user: row.owner || "",
			icon: row.icon || "dot",
		})
	events.push({
		id: "creation",
		when: doc.creation,
		user: doc.owner,
		kind: "log",
		html: __("created this record"),
		icon: "plus",
	})
	return events.sort((a, b) => String(b.when).localeCompare(String(a.when)))
}

function logText(row) {
	if (row.comment_type === "Workflow") return __("moved it to “{0}”", [__(plainText(row.content))])
	if (row.comment_type === "Like") return __("likes this")
	return row.content
}
