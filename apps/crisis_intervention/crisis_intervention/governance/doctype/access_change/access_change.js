frappe.ui.form.on("Access Change", {
	refresh(frm) {
		if (frm.is_new()) return
		frm.disable_save()
		if (!(frm.doc.__onload || {}).may_decide) return
		frm.add_custom_button(__("Approve"), () => {
			const text = __("Carry out exactly this change? It opens content of cases.")
			frappe.confirm(text, () => frm.call("approve").then(() => frm.reload_doc()))
		})
		frm.add_custom_button(__("Refuse"), () => {
			const field = { fieldname: "note", fieldtype: "Small Text", label: __("Why"), reqd: 1 }
			frappe.prompt([field], (args) => frm.call("refuse", args).then(() => frm.reload_doc()), __("Refuse"))
		})
	},
})
