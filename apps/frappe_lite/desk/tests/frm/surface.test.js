import { beforeAll, beforeEach, expect, test, vi } from "vitest"
import { $ } from "@/frm/dom.js"
import { routePath } from "@/frm/runtime.js"
import { runScripts } from "@/frm/scripts.js"
import { renderTemplate } from "@/frm/template.js"
import { handlersOf } from "@/frm/events.js"
import { openDialogs, notices } from "@/ui/dialogs.js"
import { Form } from "@/frm/form.js"
import { reportMeta, serve, startPage } from "../helpers.js"

beforeAll(() => startPage())
beforeEach(() => {
	openDialogs.splice(0)
	notices.splice(0)
})

/** Names that make 95 % of the uses in good Frappe apps; each must at least be there. */
const FRAPPE =
	`ui.form.on call model.set_value set_route msgprint ui.Dialog show_alert throw query_reports db.get_value
listview_settings provide defaults.get_user_default datetime.get_today confirm boot run_serially render_template treeview_settings
model.sync model.open_mapped_doc realtime.on xcall new_doc datetime.add_months defaults.get_default datetime.str_to_obj model.with_doctype
db ui.form.make_control datetime.now_date datetime.nowdate datetime.now_datetime model.add_child perm.has_perm require realtime.off prompt
dom.unfreeze pages views.calendar model.get_new_doc datetime.add_days meta.get_docfield model.can_create session.user db.get_single_value
show_progress datetime.str_to_user dom.freeze dashboards user.has_role hide_progress datetime.obj_to_str model.get_value utils.get_form_link
utils.icon model.validate_missing ui.make_app_page datetime.global_date_format datetime.month_start hide_msgprint meta.get_label after_ajax
utils.comma_and model.clear_table db.get_doc meta.has_field model.with_doc warn ui.FieldGroup db.set_value db.insert db.exists db.count
utils.guess_colour datetime.prettyDate user.full_name datetime.get_day_diff model.scrub user_info get_route flags format model.can_print`
		.split(/\s+/)
		.filter(Boolean)

test.each(FRAPPE)("frappe.%s is there", (path) => {
	const value = path.split(".").reduce((scope, part) => scope?.[part], globalThis.frappe)
	expect(value).not.toBeUndefined()
})

const FRM =
	`set_value set_query trigger add_custom_button set_df_property call get_field refresh_field reload_doc refresh is_new refresh_fields
save add_fetch toggle_display add_child toggle_reqd disable_save dirty clear_table set_intro is_dirty scroll_to_field save_or_update get_docfield
disable_form get_active_tab enable_save toggle_enable remove_custom_button clear_custom_buttons change_custom_button_type savesubmit savecancel
amend_doc copy_doc set_read_only get_sum update_in_all_rows get_perm has_perm get_selected get_title set_active_tab print_doc`
		.split(/\s+/)
		.filter(Boolean)

test.each(FRM)("frm.%s is a function", (name) => {
	reportMeta()
	expect(typeof new Form("Warning Report")[name]).toBe("function")
})

test.each([
	"__",
	"cint",
	"flt",
	"cstr",
	"in_list",
	"locals",
	"$",
	"moment",
	"format_number",
	"format_currency",
	"comma_and",
	"repl",
	"precision",
	"set_field_options",
])("%s is global", (name) => expect(globalThis[name]).not.toBeUndefined())

test("a doctype's script runs unchanged and, run again, replaces only its own handlers", () => {
	frappe.ui.form.on("Zoo", { refresh: () => "kept" })
	const meta = {
		name: "Zoo",
		fields: [],
		__js: 'frappe.ui.form.on("Zoo", { refresh(frm) { return 1 }, setup: function (frm) {} })\nfunction helper() {}',
	}
	runScripts(meta)
	runScripts(meta)
	expect(handlersOf("Zoo", "refresh")).toHaveLength(2)
	expect(handlersOf("Zoo", "setup")).toHaveLength(1)
})

test("an old script at cur_frm and a broken one do no harm", () => {
	vi.spyOn(console, "error").mockImplementation(() => {})
	runScripts({
		name: "Old",
		fields: [],
		__js: 'cur_frm.add_fetch("a", "b", "c"); cur_frm.cscript.onload = function () {}',
	})
	runScripts({ name: "Bad", fields: [], __js: "this is not javascript" })
	expect(console.error).toHaveBeenCalledTimes(1)
	console.error.mockRestore()
})

test("frappe.call hands the answer to the callback and shows a failure once", async () => {
	serve({
		good: { message: [1] },
		bad: {
			__status: 417,
			exc_type: "ValidationError",
			_server_messages: JSON.stringify([JSON.stringify({ message: "Not so" })]),
		},
	})
	const callback = vi.fn()
	await frappe.call({ method: "app.good", args: { a: 1 }, callback })
	expect(callback).toHaveBeenCalledWith({ message: [1] })
	await frappe.call("app.bad").catch((error) => expect(error.isHandled).toBe(true))
	expect(openDialogs).toHaveLength(1)
	expect(openDialogs[0].message.html).toContain("Not so")
})

test("a dialog asks for what is required before it acts", async () => {
	const act = vi.fn()
	const dialog = new frappe.ui.Dialog({
		title: "Reason",
		fields: [
			{ fieldname: "reason", fieldtype: "Data", label: "Reason", reqd: 1 },
			{ fieldname: "urgent", fieldtype: "Check", default: 1 },
		],
		primary_action_label: "Go",
		primary_action: act,
	})
	dialog.show()
	expect(openDialogs).toHaveLength(1)
	await dialog.get_primary_btn().state.action()
	expect(act).not.toHaveBeenCalled()
	expect(dialog.ui.errors[0].fieldname).toBe("reason")
	await dialog.set_value("reason", "because")
	await dialog.get_primary_btn().state.action()
	expect(act.mock.calls[0][0]).toEqual({ reason: "because", urgent: 1 })
	dialog.hide()
	expect(openDialogs).toHaveLength(0)
})

test("confirm runs the answer's function; messages are cleaned of scripts", async () => {
	const yes = vi.fn()
	frappe.confirm("Sure? <img src=x onerror=alert(1)>", yes)
	expect(openDialogs[0].question.html).not.toContain("onerror")
	openDialogs[0].answer({ reason: "" })
	await Promise.resolve()
	expect(yes).toHaveBeenCalled()
	frappe.show_alert({ message: "Saved", indicator: "green" })
	expect(notices[0].html).toBe("Saved")
})

test("routes are written as Frappe's and become paths", () => {
	expect(routePath("Form", "Warning Report", "WR 1/2")).toBe("/app/warning-report/WR%201%2F2")
	expect(routePath("List", "Duty")).toBe("/app/duty")
	expect(routePath("List", "Duty", "Report")).toBe("/app/duty")
	expect(routePath("query-report", "Compliance by Article")).toBe(
		"/app/query-report/Compliance%20by%20Article",
	)
	expect(routePath(["Form", "Duty", "D-1"])).toBe("/app/duty/D-1")
	expect(routePath("/app/todo")).toBe("/app/todo")
	expect(routePath("List/ToDo")).toBe("/app/todo")
})

test("templates know values, loops and conditions", () => {
	const template =
		"{% if (rows.length) { %}<ul>{% for (const r of rows) { %}<li>{{ r.name }}</li>{% } %}</ul>{% } %}"
	expect(renderTemplate(template, { rows: [{ name: "a" }, { name: "b" }] })).toBe(
		"<ul><li>a</li><li>b</li></ul>",
	)
	expect(
		renderTemplate("{% for r in rows %}[{{ r }}]{% endfor %}{% if x %}yes{% else %}no{% endif %}", {
			rows: [1, 2],
			x: 0,
		}),
	).toBe("[1][2]no")
	expect(renderTemplate("{%= __('Hi') %} {{ missing }}", { missing: null })).toBe("Hi ")
})

test("the small $ builds, finds, listens and shows", () => {
	const box = $("<div class='box'><span>one</span></div>").appendTo(document.body)
	const seen = vi.fn()
	box.on("click", "span", function () {
		seen($(this).text())
	})
	box.find("span").click()
	box.append("<b>two</b>").find("b").addClass("bold").attr("title", "t").css({ color: "red" })
	expect(seen).toHaveBeenCalledWith("one")
	expect(box.html()).toContain('<b class="bold" title="t" style="color: red')
	expect(box.hide().css("display")).toBe("none")
	expect(box.show()[0].style.display).toBe("")
	expect($.map([1, 2], (v) => v * 2)).toEqual([2, 4])
	box.remove()
	expect(document.querySelector(".box")).toBe(null)
})

test("tasks run one after the other", async () => {
	const order = []
	await frappe.run_serially([() => Promise.resolve().then(() => order.push(1)), () => order.push(2)])
	expect(order).toEqual([1, 2])
})
