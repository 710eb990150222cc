/** Reads a Workspace's content and joins each block with its data. */

import { __ } from "@/i18n/index.js"

const LISTS = {
	shortcut: ["shortcuts", "shortcut_name"],
	number_card: ["number_cards", "number_card_name"],
	chart: ["charts", "chart_name"],
	card: ["cards", "card_name"],
	quick_list: ["quick_lists", "quick_list_name"],
	custom_block: ["custom_blocks", "custom_block_name"],
}
const LABELS = ["label", "chart_name", "number_card_name", "name", "custom_block_name"]

function contentOf(page) {
	try {
		return JSON.parse(page.content || "[]")
	} catch {
		return []
	}
}

/**
 * @param {object} page Workspace with `content`
 * @param {object} data answer of `get_desktop_page`
 * @returns {Array<{id: string, type: string, span: number, data: object, item?: object}>} blocks the user may see
 */
export function layoutBlocks(page, data) {
	const written = contentOf(page)
	const blocks = written.length ? written : defaultContent(data)
	const all = blocks.map((block, i) => ({
		id: block.id || `b${i}`,
		type: block.type,
		span: Number(block.data?.col) || 12,
		data: block.data || {},
		item: itemOf(block, data),
	}))
	return all.filter((block, i) => isShown(block) && !(block.type === "header" && isEmptied(all.slice(i + 1))))
}

function isShown(block) {
	return !LISTS[block.type] || Boolean(block.item)
}

/** Whether the user may see nothing of what was laid out under a heading. */
function isEmptied(following) {
	const next = following.findIndex((block) => block.type === "header")
	const below = (next < 0 ? following : following.slice(0, next)).filter((block) => block.type !== "spacer")
	return below.length > 0 && !below.some(isShown)
}

function itemOf(block, data) {
	const [key, nameKey] = LISTS[block.type] || []
	if (!key) return undefined
	const wanted = block.data?.[nameKey]
	// The server answers labels in the user's language; the layout names them as they were written.
	const names = [wanted, __(wanted)]
	return (data[key]?.items || []).find((item) => LABELS.some((label) => names.includes(item[label])))
}

/** A page nobody laid out: everything it has, in a sensible order. */
function defaultContent(data) {
	const order = ["number_card", "shortcut", "chart", "quick_list", "card"]
	return order.flatMap((type) => {
		const [key, nameKey] = LISTS[type]
		return (data[key]?.items || []).map((item) => ({
			type,
			data: { [nameKey]: item.label || item.name, col: type === "chart" ? 12 : 4 },
		}))
	})
}
