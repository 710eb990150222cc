/** Puts `frappe`, `cur_frm`, `__`, `$` … onto the page, as client scripts expect them. */
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"
import { locals, slug } from "@/model/locals.js"
import { loadMeta, onMetaLoaded } from "@/model/meta.js"
import { cint, cstr, flt, formatCurrency, formatNumber, roundNumber } from "@/model/numbers.js"
import { addToLocals } from "@/model/locals.js"
import { makeDoc } from "@/model/defaults.js"
import { showNotice } from "@/ui/dialogs.js"
import { escapeHtml } from "@/ui/html.js"
import { db, frappeCall, runSerially, xcall } from "./call.js"
import { datetime, moment } from "./datetime.js"
import { confirm, Dialog, msgprint, prompt, showAlert, throwMessage, warn } from "./dialog.js"
import { $ } from "./dom.js"
import { on, off } from "./events.js"
import { FieldGroup } from "./fieldgroup.js"
import { formatHtml, formatters } from "./format_html.js"
import { meta, model, perm, workflow } from "./model_api.js"
import { runScripts } from "./scripts.js"
import { renderTemplate } from "./template.js"
import { defaults, roles, session, user, userInfo } from "./user.js"
import { comma_and, comma_or, dom, requireAssets, utils } from "./utils.js"

function provide(path) {
	return path.split(".").reduce((scope, part) => (scope[part] ??= {}), globalThis)
}

const VIEWS = { List: "list", Report: "report", Tree: "tree", Calendar: "calendar", Kanban: "kanban" }

/** A Frappe route (`["Form", "ToDo", "x"]`, `"List/ToDo"`, `"/app/todo"`) as an address path. */
export function routePath(...parts) {
	const list = parts.flat().filter((part) => part != null)
	if (list.length === 1 && String(list[0]).includes("/")) return textPath(String(list[0]))
	const [kind, name, rest] = list.map(String)
	if (kind === "Form") return `/app/${slug(name)}${rest ? `/${encodeURIComponent(rest)}` : ""}`
	if (kind === "query-report") return `/app/query-report/${encodeURIComponent(name)}`
	if (kind === "Workspaces") return `/app/${slug(name || "")}`
	if (VIEWS[kind]) return `/app/${slug(name)}${kind === "List" ? "" : `/view/${VIEWS[kind]}`}`
	return `/app/${[kind, name, rest]
		.filter(Boolean)
		.map((part) => encodeURIComponent(slug(part)))
		.join("/")}`
}

function textPath(text) {
	if (text.startsWith("/")) return text
	return text.startsWith("app/") ? `/${text}` : routePath(...text.split("/"))
}

export function makeFrappe(host) {
	return {
		boot,
		provide,
		call: frappeCall,
		xcall,
		db,
		model,
		meta,
		perm,
		workflow,
		datetime,
		utils,
		dom,
		user,
		session,
		defaults,
		user_info: userInfo,
		user_roles: roles(),
		_: __,
		msgprint,
		throw: throwMessage,
		confirm,
		warn,
		prompt,
		show_alert: showAlert,
		hide_msgprint: () => {},
		show_progress: (title, count, total) => showNotice(escapeHtml(`${title} ${count}/${total}`), "blue", 2),
		hide_progress: () => {},
		show_not_permitted: () => msgprint(__("Not permitted")),
		run_serially: runSerially,
		after_ajax: (fn) => Promise.resolve().then(fn),
		ready: (fn) => fn?.(),
		require: requireAssets,
		render_template: renderTemplate,
		render: renderTemplate,
		templates: {},
		format: formatHtml,
		form: { formatters, get_formatter: (type) => formatters[type], link_formatters: {} },
		validated: true,
		flags: {},
		route_options: null,
		query_reports: {},
		listview_settings: {},
		treeview_settings: {},
		dashboards: {},
		pages: {},
		views: { calendar: {}, ListSettings: {} },
		ui: makeUi(),
		realtime: { on() {}, off() {}, emit() {}, publish() {} },
		scrub: model.scrub,
		slug,
		get_route: () => host.route?.() || [],
		get_route_str: () => (host.route?.() || []).join("/"),
		get_prev_route: () => [],
		set_route: (...parts) => setRoute(host, parts),
		set_re_route: (...parts) => setRoute(host, parts),
		new_doc: (doctype, values, init) => newDoc(host, doctype, values, init),
		get_doc: (doctype, name) => locals[doctype]?.[name],
		get_meta: meta.get_meta,
		get_abbr: (text) => cstr(text).slice(0, 2),
		get_modal: () => $("<div></div>"),
		last_edited_communication: {},
		is_mobile: () => window.innerWidth < 768,
		avatar: (name) => `<span class="avatar">${escapeHtml(userInfo(name).abbr || "")}</span>`,
		help: {},
		socketio: {},
		csrf_token: boot.csrf_token,
	}
}

function makeUi() {
	const controls = {
		make_control: makeControl,
		on,
		off,
		trigger: (doctype, event) => globalThis.cur_frm?.trigger(event, doctype),
	}
	return {
		form: { ...controls, handlers: {}, is_saving: false, QuickEntryForm: class {}, ControlData: class {} },
		Dialog,
		FieldGroup,
		toolbar: { clear_cache: () => window.location.reload() },
		keys: { add_shortcut() {}, on() {} },
		get_upload_dialog: () => {},
		hide_open_dialog: () => globalThis.cur_dialog?.hide(),
		make_app_page: ({ parent }) => ({ main: $(parent), body: $(parent), set_title() {} }),
		scroll: (element) => utils.scroll_to(element),
		get_list_view: () => null,
		color: { get: (name) => name },
		FileUploader: class {},
	}
}

/** `frappe.ui.form.make_control({df, parent, render_input})`: one field outside a form, drawn by the host. */
function makeControl({ df, parent }) {
	const group = new FieldGroup({ fields: [df] })
	const field = group.fields[0]
	globalThis.__deskMount?.(group, $(parent)[0])
	return field
}

function setRoute(host, parts) {
	const last = parts.at(-1)
	if (parts.length > 1 && typeof last === "object" && last && !Array.isArray(last))
		globalThis.frappe.route_options = parts.pop()
	return Promise.resolve(host.push?.(routePath(...parts)))
}

async function newDoc(host, doctype, values, init) {
	await loadMeta(doctype)
	const options = {
		...(globalThis.frappe.route_options || {}),
		...(typeof values === "object" ? values : {}),
	}
	globalThis.frappe.route_options = null
	const doc = addToLocals(makeDoc(doctype, { values: options }))
	init?.(doc)
	await host.push?.(routePath("Form", doctype, doc.name))
	return doc
}

/** Installs the globals. `host`: `{push(path), route()}`. */
export function installRuntime(host = {}) {
	const frappe = Object.assign(globalThis.frappe || {}, makeFrappe(host))
	Object.assign(globalThis, {
		frappe,
		locals,
		__,
		$,
		jQuery: $,
		cint,
		flt,
		cstr,
		moment,
		comma_and,
		comma_or,
		in_list: (list, value) => (list || []).includes(value),
		is_null: (value) => value == null || value === "",
		has_common: (one, other) => one.some((item) => other.includes(item)),
		roundNumber,
		precision: (fieldname) => cint(meta.get_docfield(globalThis.cur_frm?.doctype, fieldname)?.precision, 2),
		format_number: formatNumber,
		format_currency: formatCurrency,
		fmt_money: formatCurrency,
		repl: (text, values) => text.replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? ""),
		replace_all: (text, from, to) => text.split(from).join(to),
		strip: (text) => cstr(text).trim(),
		cur_frm: globalThis.cur_frm ?? null,
		cur_dialog: null,
		cur_list: null,
		set_field_options: (fieldname, options) =>
			globalThis.cur_frm?.set_df_property(fieldname, "options", options),
		refresh_field: (name) => [].concat(name).forEach((one) => globalThis.cur_frm?.refresh_field(one)),
		refresh_many: (names) => names.forEach((name) => globalThis.cur_frm?.refresh_field(name)),
		toggle_field: (name, hidden) => globalThis.cur_frm?.set_df_property(name, "hidden", hidden),
		get_url_arg: (name) => new URLSearchParams(window.location.search).get(name) || "",
		validate_email: (text) => utils.validate_type(text, "email"),
		validate_phone: (text) => utils.validate_type(text, "phone"),
	})
	onMetaLoaded(runScripts)
	return frappe
}
