frappe.ui.form.on("School Calendar", {
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		frm.add_custom_button(__("Import days"), () => import_days(frm));
	},
});

function import_days(frm) {
	const field = {
		fieldname: "content",
		fieldtype: "Text",
		label: __("CSV with date, type, to date, name, or a JSON list"),
		reqd: 1,
	};
	frappe.prompt(
		[field],
		(values) =>
			frm.call("import_days", values).then((answer) => {
				frappe.show_alert(__("{0} days were added.", [answer.message]));
				frm.reload_doc();
			}),
		__("Import days")
	);
}
