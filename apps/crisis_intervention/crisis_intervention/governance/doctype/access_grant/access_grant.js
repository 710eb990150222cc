frappe.ui.form.on("Access Grant", {
	refresh(frm) {
		if (frm.is_new()) return
		frm.disable_save()
		const may = frm.doc.__onload || {}
		if (may.may_decide) {
			frm.add_custom_button(__("Approve"), () => move(frm, "approve", __("Approve"), []))
			frm.add_custom_button(__("Refuse"), () => move(frm, "refuse", __("Refuse"), [note(1)]))
		}
		if (may.may_revoke) {
			frm.add_custom_button(__("End this access"), () => move(frm, "revoke", __("End this access"), [note(0)]))
		}
		if (may.may_review) {
			frm.add_custom_button(__("Review"), () => move(frm, "review", __("Review"), [result(), note(0)]))
		}
	},
})

function note(reqd) {
	return { fieldname: "note", fieldtype: "Small Text", label: __("In a few words"), reqd }
}

function result() {
	return {
		fieldname: "result",
		fieldtype: "Select",
		label: __("Was the access needed?"),
		options: [
			{ value: "Needed", label: __("Needed") },
			{ value: "Not Needed", label: __("Not Needed") },
		],
		reqd: 1,
	}
}

function move(frm, method, title, fields) {
	const call = (args) => frm.call(method, args).then(() => frm.reload_doc())
	if (!fields.length) return frappe.confirm(__("Open the case or card to this person until the date shown?"), () => call({}))
	frappe.prompt(fields, call, title)
}
