/** Export of a list to a file, import of a file into a DocType. */
import { boot } from "@/boot/boot.js"
import { call } from "@/api/client.js"
import { Dialog } from "@/frm/dialog.js"
import { __ } from "@/i18n/index.js"
import { NO_VALUE_TYPES } from "@/model/fieldtypes.js"
import { showMessage } from "@/ui/dialogs.js"
import { escapeHtml } from "@/ui/html.js"

/** Posts a form of its own so that the browser saves the answer as a file. */
function download(method, args) {
	const form = document.createElement("form")
	Object.assign(form, { method: "POST", action: `/api/method/${method}`, hidden: true })
	const all = { ...args, csrf_token: boot.csrf_token || "" }
	for (const [name, value] of Object.entries(all)) {
		const input = document.createElement("input")
		Object.assign(input, { name, value: typeof value === "object" ? JSON.stringify(value) : value })
		form.append(input)
	}
	document.body.append(form)
	form.submit()
	form.remove()
}

export function openExport(model, names) {
	const fields = model.meta.fields.filter(
		(df) =>
			df.fieldname && !NO_VALUE_TYPES.includes(df.fieldtype) && df.fieldtype !== "Password" && !df.hidden,
	)
	const dialog = new Dialog({
		title: __("Export {0}", [__(model.doctype)]),
		fields: [
			{
				fieldname: "file_format_type",
				fieldtype: "Select",
				label: "File format",
				options: "Excel\nCSV",
				default: "Excel",
				reqd: 1,
			},
			{ fieldname: "all", fieldtype: "Check", label: "All columns, not only those of the list" },
		],
		primary_action_label: __("Export"),
		primary_action(values) {
			dialog.hide()
			const columns = values.all
				? fields.map((df) => df.fieldname)
				: [...new Set([model.meta.title_field, ...model.columns.map((df) => df.fieldname)])].filter(Boolean)
			const args = model.args()
			download("frappe.desk.reportview.export_query", {
				doctype: model.doctype,
				title: model.doctype,
				file_format_type: values.file_format_type,
				fields: ["name", ...columns].map((name) => `\`tab${model.doctype}\`.\`${name}\``),
				filters: args.filters,
				order_by: args.order_by,
				...(names?.length ? { selected_items: names } : {}),
			})
		},
	})
	dialog.show()
}

export function openImport(model) {
	const dialog = new Dialog({
		title: __("Import {0}", [__(model.doctype)]),
		fields: [
			{
				fieldname: "import_type",
				fieldtype: "Select",
				label: "What the file holds",
				options: [
					{ value: "Insert New Records", label: "New records" },
					{ value: "Update Existing Records", label: "Changes of existing records" },
				],
				default: "Insert New Records",
				reqd: 1,
			},
			{ fieldname: "file", fieldtype: "Attach", label: "File (CSV or Excel)", reqd: 1 },
		],
		primary_action_label: __("Import"),
		async primary_action(values) {
			const doc = await call("frappe.client.insert", {
				doc: {
					doctype: "Data Import",
					reference_doctype: model.doctype,
					import_type: values.import_type,
					import_file: values.file,
				},
			})
			await call("frappe.core.doctype.data_import.data_import.form_start_import", { data_import: doc.name })
			dialog.hide()
			showMessage({
				title: __("The import has started"),
				html: escapeHtml(__("Its result stands in the record {0}.", [doc.name])),
			})
		},
	})
	dialog.show()
}
