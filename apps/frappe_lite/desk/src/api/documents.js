/** The document calls of Frappe's desk, by their Frappe paths. */
import { call, callMethod, read, request } from "./client.js"

const FORM = "frappe.desk.form"

export const fetchDoctype = (doctype) =>
	callMethod(`${FORM}.load.getdoctype`, { doctype, with_parent: 1 }, { method: "GET", silent: true })

/** @returns {Promise<{docs: object[], docinfo: object}>} */
export const fetchDoc = (doctype, name) =>
	callMethod(`${FORM}.load.getdoc`, { doctype, name }, { method: "GET", silent: true })

export const fetchDocinfo = (doctype, name) =>
	callMethod(`${FORM}.load.get_docinfo`, { doctype, name }, { method: "GET", silent: true })

/** @param {"Save"|"Submit"|"Update"|"Cancel"} action */
export const saveDoc = (doc, action) =>
	callMethod(`${FORM}.save.savedocs`, { doc: JSON.stringify(doc), action })

export const cancelDoc = (doctype, name, extra = {}) =>
	callMethod(`${FORM}.save.cancel`, { doctype, name, ...extra })

export const deleteDoc = (doctype, name) =>
	request(`/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`, { method: "DELETE" })

export const renameDoc = (doctype, name, newName) =>
	call("frappe.client.rename_doc", { doctype, old_name: name, new_name: newName })

export const addComment = (doctype, name, content, user, fullName) =>
	call(`${FORM}.utils.add_comment`, {
		reference_doctype: doctype,
		reference_name: name,
		content,
		comment_email: user,
		comment_by: fullName,
	})

export const searchLink = (doctype, txt, options = {}) =>
	call("frappe.desk.search.search_link", { doctype, txt, page_length: 10, ...options }, { silent: true })

export const linkTitle = (doctype, docname) =>
	call("frappe.desk.search.get_link_title", { doctype, docname }, { silent: true })

export const validateLink = (doctype, docname, fields = []) =>
	read("frappe.client.validate_link", { doctype, docname, fields }, { silent: true })

export const getTransitions = (doc) =>
	call("frappe.model.workflow.get_transitions", { doc: JSON.stringify(doc) }, { silent: true })

export const applyWorkflow = (doc, action) =>
	call("frappe.model.workflow.apply_workflow", { doc: JSON.stringify(doc), action })

/** Rows of a list as objects. @returns {Promise<object[]>} */
export async function fetchRows(args, options) {
	const answer = await call("frappe.desk.reportview.get", args, { silent: true, ...options })
	return uncompress(answer)
}

export const fetchCount = (args, options) =>
	call("frappe.desk.reportview.get_count", args, { silent: true, ...options })

/** Frappe sends lists as `{keys, values}` and an empty list as `[]`. */
export function uncompress(answer) {
	if (!answer || Array.isArray(answer)) return answer || []
	return answer.values.map((row) => Object.fromEntries(answer.keys.map((key, i) => [key, row[i]])))
}

/**
 * Uploads one file, private unless said otherwise.
 * @param {File|Blob} file
 * @param {{doctype?: string, docname?: string, fieldname?: string, isPrivate?: boolean}} target
 */
export function uploadFile(file, { doctype, docname, fieldname, isPrivate = true } = {}) {
	const body = new FormData()
	body.append("file", file, file.name)
	body.append("is_private", isPrivate ? "1" : "0")
	body.append("folder", "Home/Attachments")
	if (doctype) body.append("doctype", doctype)
	if (docname) body.append("docname", docname)
	if (fieldname) body.append("fieldname", fieldname)
	return request("/api/method/upload_file", { method: "POST", body }).then((answer) => answer.message)
}
