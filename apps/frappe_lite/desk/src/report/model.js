/** State of one report, and the `frappe.query_report` its script talks to. */
import { reactive } from "vue"
import { call, callMethod } from "@/api/client.js"
import { boot } from "@/boot/boot.js"
import { FieldGroup } from "@/frm/fieldgroup.js"
import { Page } from "@/frm/page.js"
import { __ } from "@/i18n/index.js"
import { formatValue } from "@/model/format.js"
import { normalColumns, normalRows } from "./columns.js"

export class ReportModel {
	constructor(name) {
		this.report_name = name
		this.page = new Page()
		this.state = reactive({
			rows: [],
			columns: [],
			chart: null,
			summary: [],
			message: "",
			busy: false,
			loaded: false,
			missing: "",
		})
		this.settings = {}
		this.onResult = null
		this.turn = 0
	}

	/** Loads the report's script and makes its filters. */
	async prepare(query = {}) {
		const script = await call(
			"frappe.desk.query_report.get_script",
			{ report_name: this.report_name },
			{ silent: true },
		)
		globalThis.frappe.query_report = this
		if (script?.script) new Function(script.script)()
		this.settings = globalThis.frappe.query_reports[this.report_name] || {}
		const given = { ...query, ...(globalThis.frappe.route_options || {}) }
		globalThis.frappe.route_options = null
		const wanted = (this.settings.filters || script?.filters || []).map((df) => ({
			...df,
			default: given[df.fieldname] ?? df.default,
		}))
		this.group = new FieldGroup({ fields: wanted, onChange: () => this.run() })
		this.filters = this.group.fields
		await this.settings.onload?.(this)
	}

	get data() {
		return this.state.rows
	}

	get columns() {
		return this.state.columns
	}

	get_values() {
		return this.group.get_values(true)
	}

	get_filter_values() {
		return this.get_values()
	}

	get_filter_value(name) {
		return this.group.get_value(name)
	}

	get_filter(name) {
		return this.group.get_field(name)
	}

	set_filter_value(name, value) {
		return this.group.set_value(name, value)
	}

	toggle_filter_display(name, hidden) {
		this.group.set_df_property(name, "hidden", hidden ? 1 : 0)
	}

	refresh() {
		return this.run()
	}

	refresh_report() {
		return this.run()
	}

	async run() {
		this.state.missing = this.group.fields
			.filter(({ df, fieldname }) => df.reqd && !this.group.doc[fieldname])
			.map(({ df }) => __(df.label))
			.join(", ")
		if (this.state.missing) return
		const mine = ++this.turn
		this.state.busy = true
		try {
			const answer = await call("frappe.desk.query_report.run", {
				report_name: this.report_name,
				filters: this.get_values(),
				ignore_prepared_report: 1,
			})
			if (mine === this.turn) await this.take(answer || {})
		} finally {
			if (mine === this.turn) this.state.busy = false
		}
	}

	async take(answer) {
		const columns = normalColumns(answer.columns)
		Object.assign(this.state, {
			columns,
			rows: normalRows(answer.result, columns),
			message: answer.message || "",
			summary: answer.report_summary || [],
			loaded: true,
		})
		this.raw_data = answer
		this.state.chart = this.settings.get_chart_data?.(columns, answer.result) || answer.chart || null
		await this.onResult?.()
		this.settings.after_refresh?.(this)
		this.settings.after_datatable_render?.(this.datatable)
	}

	summaryText(entry) {
		return formatValue(entry.value, {
			fieldtype: entry.datatype || (typeof entry.value === "number" ? "Float" : "Data"),
			precision: Number.isInteger(entry.value) ? "0" : undefined,
		})
	}

	/** Lets the browser save the report; the file's name is the report's. */
	async download(format) {
		const answer = await callMethodFile({
			report_name: this.report_name,
			file_format_type: format,
			filters: this.get_values(),
			visible_idx: this.state.rows.map((_, i) => i),
			custom_columns: [],
		})
		const link = document.createElement("a")
		link.href = URL.createObjectURL(answer)
		link.download = `${this.report_name}.${format === "Excel" ? "xlsx" : "csv"}`
		link.click()
		URL.revokeObjectURL(link.href)
	}
}

async function callMethodFile(args) {
	const body = new URLSearchParams(
		Object.entries(args).map(([key, value]) => [
			key,
			typeof value === "object" ? JSON.stringify(value) : value,
		]),
	)
	const headers = boot.csrf_token ? { "X-Frappe-CSRF-Token": boot.csrf_token } : {}
	const response = await fetch("/api/method/frappe.desk.query_report.export_query", {
		method: "POST",
		body,
		headers,
	})
	if (!response.ok) await callMethod("frappe.desk.query_report.export_query", args)
	return response.blob()
}
