/** Which DocTypes a document's panel lists: the dashboard script's and the DocType's own links. */

/**
 * @param {object} meta
 * @returns {Array<{label: string, items: Array<{doctype: string, fieldname: string}>}>}
 */
export function connections(meta) {
	const dashboard = meta.__dashboard || {}
	const groups = new Map()
	const seen = new Set()
	const put = (label, doctype, fieldname) => {
		if (!fieldname || seen.has(doctype)) return
		seen.add(doctype)
		if (!groups.has(label)) groups.set(label, [])
		groups.get(label).push({ doctype, fieldname })
	}
	for (const group of dashboard.transactions || [])
		for (const doctype of group.items || [])
			put(
				group.label || "Connections",
				doctype,
				dashboard.non_standard_fieldnames?.[doctype] || dashboard.fieldname,
			)
	for (const link of meta.links || [])
		if (!link.hidden && !link.is_child_table)
			put(link.group || "Connections", link.link_doctype, link.link_fieldname)
	return [...groups].map(([label, items]) => ({ label, items }))
}
