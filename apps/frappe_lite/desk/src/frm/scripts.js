/** Runs what a DocType brings along: form script, list script, the administrator's client scripts. */
import { asScriptOf } from "./events.js"

const FORM_KEYS = ["__js", "__custom_js"]
const LIST_KEYS = ["__list_js", "__custom_list_js"]

/** `cur_frm` at the top of an old script means the form it is run for; until one is open, a harmless stand-in. */
const standIn = () => ({ cscript: {}, add_fetch() {}, set_query() {}, fields_dict: {}, doc: {} })

function run(source, what) {
	try {
		new Function(`${source}\n//# sourceURL=${what.replace(/ /g, "_")}.js`)()
	} catch (error) {
		console.error(`Script of ${what} failed:`, error)
	}
}

/** Runs the scripts of a freshly loaded DocType definition; running it again replaces the handlers. */
export function runScripts(meta) {
	const before = globalThis.cur_frm
	if (!globalThis.cur_frm) globalThis.cur_frm = standIn()
	asScriptOf(meta.name, () => {
		for (const key of [...FORM_KEYS, ...LIST_KEYS]) if (meta[key]) run(meta[key], `${meta.name} ${key}`)
	})
	globalThis.cur_frm = before
	if (meta.__templates) Object.assign(globalThis.frappe.templates, meta.__templates)
}
