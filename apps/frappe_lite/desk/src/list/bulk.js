/** Changes of many records at once. */
import { call } from "@/api/client.js"
import { Dialog } from "@/frm/dialog.js"
import { __ } from "@/i18n/index.js"
import { NO_VALUE_TYPES } from "@/model/fieldtypes.js"

const editable = (df) =>
	df.fieldname &&
	!df.read_only &&
	!df.hidden &&
	!df.is_virtual &&
	!NO_VALUE_TYPES.includes(df.fieldtype) &&
	!df.set_only_once

export function openBulkEdit(model) {
	const fields = model.meta.fields.filter(editable)
	const options = fields.map((df) => ({ value: df.fieldname, label: __(df.label) }))
	const names = model.checkedNames()
	const dialog = new Dialog({
		title: __("Change {0} records", [names.length]),
		fields: [
			{ fieldname: "field", fieldtype: "Select", label: "Field", options, reqd: 1, onchange: () => swap() },
			{ fieldname: "value", fieldtype: "Data", label: "New value" },
		],
		primary_action_label: __("Change"),
		async primary_action({ field, value }) {
			await call("frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs", {
				doctype: model.doctype,
				docnames: JSON.stringify(names),
				action: "update",
				data: JSON.stringify({ [field]: value ?? null }),
			})
			dialog.hide()
			model.clearChecked()
			await model.load()
		},
	})
	const swap = () => {
		const df = model.meta.fieldMap[dialog.get_value("field")]
		Object.assign(dialog.fields_dict.value.df, {
			fieldtype: df.fieldtype,
			options: df.options,
			label: df.label,
		})
		dialog.doc.value = ""
	}
	dialog.show()
}

export function openBulkAssign(model) {
	const dialog = new Dialog({
		title: __("Assign {0} records", [model.checkedNames().length]),
		fields: [
			{ fieldname: "assign_to", fieldtype: "MultiSelectList", label: "To whom", options: "User", reqd: 1 },
			{ fieldname: "description", fieldtype: "Small Text", label: "Note" },
		],
		primary_action_label: __("Assign"),
		async primary_action(values) {
			await call("frappe.desk.form.assign_to.add_multiple", {
				doctype: model.doctype,
				name: JSON.stringify(model.checkedNames()),
				assign_to: JSON.stringify(values.assign_to),
				description: values.description || "",
				bulk_assign: true,
			})
			dialog.hide()
			model.clearChecked()
			await model.load()
		},
	})
	dialog.show()
}
