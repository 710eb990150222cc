frappe.ui.form.on("Accountability Record", {
	refresh(frm) {
		if (frm.is_new()) return
		frm.disable_save()
		const may = frm.doc.__onload || {}
		if (may.may_state) button(frm, __("Write my statement"), "give_statement", [statement(frm)])
		if (may.may_close_statement) button(frm, __("Go on without a statement"), "close_statement", [])
		if (may.may_decide) button(frm, __("Propose an outcome"), "propose_outcome", [outcome(frm), reason(1)])
		if (may.may_second) {
			button(frm, __("Agree"), "second", [], { agrees: 1 })
			button(frm, __("Do not agree"), "second", [reason(1)], { agrees: 0 })
		}
		if (may.may_withdraw) button(frm, __("Withdraw"), "withdraw", [reason(1)])
	},
})

function button(frm, label, method, fields, fixed = {}) {
	const call = (args) => frm.call(method, { ...args, ...fixed }).then(() => frm.reload_doc())
	frm.add_custom_button(label, () =>
		fields.length ? frappe.prompt(fields, call, label) : frappe.confirm(__("{0}?", [label]), () => call({})),
	)
}

function statement(frm) {
	return {
		fieldname: "statement",
		fieldtype: "Small Text",
		label: __("What happened, as you saw it"),
		default: frm.doc.statement,
		reqd: 1,
	}
}

function outcome(frm) {
	const options = frm.get_field("outcome").df.options.split("\n").filter(Boolean)
	return {
		fieldname: "outcome",
		fieldtype: "Select",
		label: __("Outcome"),
		options: options.map((value) => ({ value, label: __(value) })),
		reqd: 1,
	}
}

function reason(reqd) {
	return { fieldname: "reason", fieldtype: "Small Text", label: __("Why"), reqd }
}
