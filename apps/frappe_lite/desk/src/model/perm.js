/** What the user may do, from the roles of the DocType and the document's own answer. */
import { boot } from "@/boot/boot.js"
import { evaluate } from "./evaluate.js"
import { stateField, workflowOf } from "./meta.js"

const RIGHTS =
	"select read write create delete submit cancel amend report import export print email share".split(" ")

export const hasRole = (role) =>
	boot.user.name === "Administrator" || [].concat(role).some((one) => (boot.user.roles || []).includes(one))

/** Rights per permission level from role permissions: `[{read: 1, write: 1}, {read: 1}]`. */
export function rolePermissions(meta) {
	const levels = [{}]
	if (boot.user.name === "Administrator") {
		levels[0] = Object.fromEntries(RIGHTS.map((right) => [right, 1]))
		for (let level = 1; level < 10; level++) levels[level] = { read: 1, write: 1 }
		return levels
	}
	for (const row of meta.permissions || []) {
		if (!hasRole(row.role)) continue
		const target = (levels[row.permlevel || 0] ||= {})
		for (const right of RIGHTS) if (row[right]) target[right] = 1
	}
	return levels
}

/** Rights on one document: level 0 is the server's answer when there is one. */
export function documentPermissions(meta, docinfo, isNew) {
	const levels = rolePermissions(meta).map((level) => ({ ...level }))
	const own = docinfo?.permissions
	if (own && !isNew) {
		const upper = levels[0]
		levels[0] = { ...own }
		if (!own.write && upper.write) for (const level of levels.slice(1)) if (level) level.write = 0
	}
	return levels
}

/** May this user edit in the document's workflow state? True without a workflow. */
export function stateAllowsEdit(meta, doc) {
	const workflow = workflowOf(meta)
	if (!workflow || doc.__islocal) return true
	const rows = (workflow.states || []).filter((state) => state.state === doc[stateField(meta)])
	return !rows.length || rows.some((row) => !row.allow_edit || hasRole(row.allow_edit))
}

/**
 * Whether a field is written, read or not shown at all.
 * @param {object} df field definition, with the form's own changes
 * @param {object} doc document or row
 * @param {{perm: object[], docstatus: number, formReadOnly: boolean, parent?: object, frm?: object}} context
 * @returns {"Write"|"Read"|"None"}
 */
export function fieldStatus(df, doc, context) {
	if (df.hidden || df.hidden_due_to_dependency) return "None"
	if (!evaluate(df.depends_on, doc, context)) return "None"
	const level = context.perm?.[df.permlevel || 0]
	if (context.perm && !(level?.read || level?.write)) return "None"
	return mayWrite(df, doc, context, level) ? "Write" : "Read"
}

function mayWrite(df, doc, context, level) {
	if (isLocked(df, doc, context)) return false
	if (context.perm && !level?.write) return false
	if (context.docstatus === 1) return Boolean(df.allow_on_submit) && !context.formReadOnly
	return context.docstatus !== 2 && !context.formReadOnly
}

/** Read-only by its definition, by a condition, or because it was set once. */
function isLocked(df, doc, context) {
	if (df.read_only || df.is_virtual || df.fieldtype === "Read Only") return true
	if (df.read_only_depends_on && evaluate(df.read_only_depends_on, doc, context)) return true
	return Boolean(df.set_only_once && doc[df.fieldname] && !(context.parent || doc).__islocal)
}

/** Is the field required right now? */
export function isRequired(df, doc, context = {}) {
	if (df.reqd) return true
	return Boolean(df.mandatory_depends_on) && evaluate(df.mandatory_depends_on, doc, context)
}

export const canCreate = (doctype) => (boot.user.can_create || []).includes(doctype)
export const canRead = (doctype) => (boot.user.can_read || []).includes(doctype)
export const canWrite = (doctype) => (boot.user.can_write || []).includes(doctype)
export const may = (right, doctype) => (boot.user[`can_${right}`] || []).includes(doctype)
