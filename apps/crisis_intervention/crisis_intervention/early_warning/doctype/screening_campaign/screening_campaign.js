const CLASSES = "crisis_intervention.early_warning.screening.api.classes_by_title"

frappe.ui.form.on("Screening Campaign", {
	setup(frm) {
		frm.set_query("instrument", () => ({ filters: { enabled: 1 } }))
		frm.set_query("classes", () => ({ query: CLASSES, filters: { enabled: 1 } }))
	},

	onload(frm) {
		if (!frm.is_new()) return
		if (!frm.doc.year) frm.set_value("year", school_year())
		if (!frm.doc.responsible_teacher && frappe.user.has_role("Psychology Teacher"))
			frm.set_value("responsible_teacher", frappe.session.user)
	},

	refresh(frm) {
		if (frm.is_new()) return
		frm.set_intro("")
		if (frm.doc.status === "Draft") draft(frm)
		if (frm.doc.status === "Running") open(frm)
		if (frm.doc.status !== "Draft") reports(frm)
	},
})

/** A school year begins in autumn. */
function school_year() {
	const [year, month] = frappe.datetime.get_today().split("-").map(Number)
	return month >= 8 ? year : year - 1
}

function draft(frm) {
	if (!frm.perm[0]?.write) return
	frm.set_intro(__("Choose the classes, read both consent texts, then open the campaign."), "blue")
	frm.add_custom_button(__("Add a grade"), () => add_grade(frm))
	frm.add_custom_button(__("Open campaign"), () =>
		frappe.confirm(__("Open the campaign? Instrument and consent texts do not change afterwards."), () =>
			frm.call("open_campaign").then(() => frm.reload_doc()),
		),
	).addClass?.("btn-primary")
}

function open(frm) {
	frm.add_custom_button(__("Consent of a class"), () => record_consent(frm))
	if (!frm.perm[0]?.write) return
	frm.add_custom_button(__("Close campaign"), () => close(frm))
	frm.add_custom_button(__("Import scores"), () =>
		frappe.new_doc("Screening Import", { campaign: frm.doc.name }),
	).addClass?.("btn-primary")
}

function reports(frm) {
	const filters = { campaign: frm.doc.name }
	const add = (label, action) => frm.add_custom_button(label, action, __("Look at"))
	add(__("Who is missing"), () => frappe.set_route("query-report", "Screening Coverage", { ...filters, names: 1 }))
	add(__("Coverage"), () => frappe.set_route("query-report", "Screening Coverage", filters))
	add(__("Screening Funnel"), () => frappe.set_route("query-report", "Screening Funnel", filters))
	add(__("Consent"), () => frappe.set_route("List", "Screening Consent", filters))
	if (["Psychology Teacher", "Crisis Team Leader"].some((role) => frappe.user.has_role(role)))
		add(__("Results"), () => frappe.set_route("List", "Screening Result", filters))
}

function add_grade(frm) {
	const field = { fieldname: "grade", fieldtype: "Data", label: __("Grade"), reqd: 1 }
	frappe.prompt([field], ({ grade }) => {
		const add = () => frm.call("add_grade", { grade }).then(({ message }) => {
			if (!message) frappe.msgprint(__("No class of this grade was found."))
			frm.reload_doc()
		})
		frm.is_dirty() ? frm.save().then(add) : add()
	}, __("Add a grade"))
}

function record_consent(frm) {
	const chosen = (frm.doc.classes || []).map((row) => row.school_class)
	const fields = [
		{
			fieldname: "school_class",
			fieldtype: "Link",
			options: "School Class",
			label: __("Class"),
			reqd: 1,
			default: chosen.length === 1 ? chosen[0] : "",
			get_query: () => ({ query: CLASSES, filters: { name: ["in", chosen] } }),
		},
		{
			fieldname: "who",
			fieldtype: "Select",
			options: [
				{ value: "Both", label: __("Guardian and student") },
				{ value: "Guardian", label: __("Guardian") },
				{ value: "Student", label: __("Student") },
			],
			label: __("Who agreed"),
			default: "Both",
		},
	]
	frappe.prompt(fields, (values) =>
		frappe.call({
			method: "crisis_intervention.early_warning.screening.api.record_class_consent",
			args: { campaign: frm.doc.name, school_class: values.school_class, who: values.who || "Both" },
		}).then(({ message }) => {
			frappe.show_alert(__("Consent of {0} students was noted.", [message.recorded]))
			frm.reload_doc()
		}),
	__("All who have not answered agree"))
}

function close(frm) {
	const send = (values = {}) => frm.call("close_campaign", values).then(() => frm.reload_doc())
	if (frm.doc.coverage >= 100) return frappe.confirm(__("Close the campaign?"), () => send())
	const field = {
		fieldname: "not_screened_plan",
		fieldtype: "Small Text",
		label: __("What is done for those not screened"),
		reqd: 1,
		default: frm.doc.not_screened_plan,
	}
	return frappe.prompt([field], send, __("Close campaign"))
}
