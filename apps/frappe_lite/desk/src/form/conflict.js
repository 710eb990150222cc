/** Two people changed the same record: what each changed, and a merged document. */
import { isTable } from "@/model/fieldtypes.js"

const same = (a, b) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "")

/** Rows compared by what they hold, without names and times. */
function rowsOf(rows, fields) {
	return (rows || []).map((row) => Object.fromEntries(fields.map((name) => [name, row[name] ?? ""])))
}

function value(doc, df, childFields) {
	return isTable(df) ? rowsOf(doc?.[df.fieldname], childFields(df.options)) : doc?.[df.fieldname]
}

/**
 * @param {object} original the document as it was loaded
 * @param {object} mine with the reader's changes
 * @param {object} theirs as it stands on the server now
 * @param {Array<object>} fields DocFields
 * @param {(doctype: string) => string[]} childFields fieldnames of a child DocType
 * @returns {Array<{df: object, mine: any, theirs: any, both: boolean}>} fields the reader changed
 */
export function findConflicts(original, mine, theirs, fields, childFields) {
	return fields
		.filter((df) => df.fieldname && !same(value(mine, df, childFields), value(original, df, childFields)))
		.filter((df) => !same(value(mine, df, childFields), value(theirs, df, childFields)))
		.map((df) => ({
			df,
			mine: mine[df.fieldname],
			theirs: theirs[df.fieldname],
			both: !same(value(theirs, df, childFields), value(original, df, childFields)),
		}))
}

/** The server's document with the chosen changes of the reader on top. */
export function mergeDocs(theirs, conflicts, takeMine) {
	const merged = { ...theirs }
	for (const conflict of conflicts) if (takeMine(conflict)) merged[conflict.df.fieldname] = conflict.mine
	return merged
}
