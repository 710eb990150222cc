// The ledger is read in the form; every button asks the engine, which checks again.
const METHODS = "crisis_intervention.crisis_plan.api.";

frappe.ui.form.on("Duty", {
	refresh(frm) {
		frm.disable_save();
		const may = frm.doc.__onload || {};
		if (may.may_acknowledge) {
			frm.add_custom_button(__("Acknowledge"), () => ask(frm, "acknowledge", {}));
		}
		if (may.may_request_waiver && !frm.doc.waiver_requested_by) {
			frm.add_custom_button(__("Ask for a waiver"), () => ask_for_waiver(frm));
		}
		if (may.may_approve_waiver) {
			frm.add_custom_button(__("Approve the waiver"), () => approve_waiver(frm));
		}
		if (may.may_reassign) {
			frm.add_custom_button(__("Give to another person"), () => give_away(frm));
		}
		if (frm.doc.reference_name) {
			frm.add_custom_button(__("Open the document"), () =>
				frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
			);
		}
	},
});

function ask(frm, method, args) {
	return frappe
		.call({ method: METHODS + method, args: { duty: frm.doc.name, ...args } })
		.then(() => frm.reload_doc());
}

function ask_for_waiver(frm) {
	const field = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
	frappe.prompt([field], (values) => ask(frm, "request_waiver", values), __("Ask for a waiver"));
}

function approve_waiver(frm) {
	frappe.confirm(__("Waive this duty? Its reason stays on record."), () =>
		ask(frm, "approve_waiver", {})
	);
}

function give_away(frm) {
	const field = {
		fieldname: "user",
		fieldtype: "Link",
		options: "User",
		label: __("Person"),
		reqd: 1,
	};
	frappe.prompt([field], (values) => ask(frm, "reassign", values), __("Give to another person"));
}
