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
		if (may.accountability_record) {
			frm.add_custom_button(__("Write my statement"), () =>
				frappe.set_route("Form", "Accountability Record", may.accountability_record)
			);
		}
		if (may.may_propose_accountability) {
			frm.add_custom_button(__("Look at this breach"), () => look_at_breach(frm));
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

// Art. 24(7): a proposal with the facts of the ledger; the person states his view, two decide.
function look_at_breach(frm) {
	const groups = [
		"Refused Coordination",
		"Delayed, Absent or Disobeyed on the Scene",
		"Ignored, Concealed, Reported Late or Executed Poorly",
	];
	const choices = (values) => values.map((value) => ({ value, label: __(value) }));
	const fields = [
		{
			fieldname: "conduct_group",
			fieldtype: "Select",
			label: __("Conduct of art. 24(7) to be looked at"),
			options: choices(groups),
			reqd: 1,
		},
		{
			fieldname: "concerns",
			fieldtype: "Select",
			label: __("Concerns"),
			options: choices(["Person", "Unit"]),
			default: "Person",
			reqd: 1,
		},
	];
	const method = "crisis_intervention.governance.accountability.propose";
	frappe.prompt(
		fields,
		(values) =>
			frappe
				.call({ method, args: { duty: frm.doc.name, ...values } })
				.then((answer) => frappe.set_route("Form", "Accountability Record", answer.message)),
		__("The facts of the log are copied. Nothing is decided by this.")
	);
}
