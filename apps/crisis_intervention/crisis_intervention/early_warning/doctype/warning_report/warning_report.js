frappe.ui.form.on("Warning Report", {
	setup(frm) {
		frm.set_query("signals", () => ({ filters: { enabled: 1 } }))
		frm.set_query("categories", () => ({ filters: { enabled: 1 } }))
		frm.set_query("same_event_as", () => ({
			filters: { student: frm.doc.student, name: ["!=", frm.doc.name], status: ["in", ["New", "Acknowledged"]] },
		}))
		// Any observer names any student (art. 3): staff pick by name and class, a monitor in the own class.
		const picking = "crisis_intervention.early_warning.roster.picking"
		frm.set_query("student", () =>
			frappe.user.has_role("Class Monitor") ? {} : { query: `${picking}.students` },
		)
		frm.set_query("user", "persons_of_concern", () => ({ query: `${picking}.staff` }))
	},

	refresh(frm) {
		warn_of_danger(frm)
		show_same_event(frm)
		if (frm.is_new() || !["New", "Acknowledged"].includes(frm.doc.status)) return
		offer_with_whom(frm)
		offer_assessment(frm)
	},

	immediate_danger: warn_of_danger,
	injury: warn_of_danger,
})

/** Life first (art. 4): what to do now stands above the form. */
function warn_of_danger(frm) {
	const urgent = frm.doc.immediate_danger || frm.doc.injury
	frm.set_intro(urgent ? __("Stay with the student and call for help now. Write afterwards.") : "", "red")
}

/** The other reports of the event, as far as the reader may read them; each stays a record of its own. */
function show_same_event(frm) {
	const others = frm.is_new() ? [] : frm.doc.__onload?.same_event || []
	if (!others.length) return
	const links = others.map((row) => {
		const link = frappe.utils.get_form_link(frm.doctype, row.name, true)
		return `${link} (${__(row.urgency)}, ${__(row.status)})`
	})
	frm.dashboard.add_comment(`${__("Other reports of this event")}: ${links.join(", ")}`, "blue", true)
}

/** With whom the student is changes by the hour; whoever acts on the report says it in two taps. */
function offer_with_whom(frm) {
	const { label, options } = frappe.meta.get_docfield(frm.doctype, "student_with")
	const field = { fieldname: "student_with", fieldtype: "Select", label: __(label), options, reqd: 1 }
	frm.add_custom_button(__("Say with whom the student is"), () =>
		frappe.prompt([field], (values) => frm.call("say_with_whom", values).then(() => frm.reload_doc())),
	)
}

function offer_assessment(frm) {
	if (!frappe.model.can_create("Risk Assessment")) return
	frm.add_custom_button(__("Assess a student"), () =>
		frappe.new_doc("Risk Assessment", { student: frm.doc.student, warning_report: frm.doc.name }),
	)
}
