/** The state of a row as a word and a colour: list script, workflow, status field, submission. */
import { guessStyle, styleColour } from "@/frm/format_html.js"
import { stateField, workflowState } from "@/model/meta.js"

const DOCSTATUS = [null, { label: "Submitted", color: "blue" }, { label: "Cancelled", color: "red" }]

/** Colours a DocType's own `states` table gives to values of its status field. */
function documentState(meta, value) {
	return (meta.states || []).find((state) => state.title === value)?.color?.toLowerCase()
}

function fromScript(row, meta) {
	const settings = globalThis.frappe?.listview_settings?.[meta.name]
	const answer = settings?.get_indicator?.(row)
	return answer ? { label: answer[0], color: answer[1] } : null
}

/** @returns {{label: string, color: string}|null} */
export function indicatorOf(row, meta) {
	if (!meta) return null
	if (row.__unsaved || row.__islocal) return { label: "Not saved", color: "orange" }
	const state = row[stateField(meta)]
	if (state) return { label: state, color: styleColour(workflowState(meta, state)?.style) }
	const scripted = fromScript(row, meta)
	if (scripted) return scripted
	if (row.docstatus === 2) return DOCSTATUS[2]
	const status = row.status
	if (status && meta.fieldMap.status)
		return { label: status, color: documentState(meta, status) || guessStyle(status) }
	if (meta.is_submittable) return row.docstatus ? DOCSTATUS[row.docstatus] : { label: "Draft", color: "gray" }
	return switched(row, meta)
}

function switched(row, meta) {
	if (meta.fieldMap.enabled)
		return row.enabled ? { label: "Enabled", color: "green" } : { label: "Disabled", color: "gray" }
	if (meta.fieldMap.disabled) return row.disabled ? { label: "Disabled", color: "gray" } : null
	return null
}
