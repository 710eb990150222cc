frappe.ui.form.on("Student Case", {
	refresh(frm) {
		if (frm.is_new()) return
		show_what_now(frm)
		show_measures(frm)
		if (frm.doc.workflow_state === "Exited") return
		offer_records(frm)
		if (frm.perm[0].write) {
			frm.add_custom_button(__("Change the level"), () => ask_for_level(frm))
		}
		const waiting = (frm.doc.level_history || []).find((row) => row.state === "Proposed")
		if (waiting && waiting.decided_by !== frappe.session.user) offer_second_decision(frm, waiting)
	},
})

function ask_for_level(frm) {
	const fields = [
		{ fieldname: "level", fieldtype: "Link", options: "Risk Level", label: __("Level"), reqd: 1 },
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
	]
	frappe.prompt(
		fields,
		(values) => frm.call("change_level", values).then(() => frm.reload_doc()),
		__("Change the level"),
	)
}

/** Lowering a level needs a second person with a reason of his own. */
function offer_second_decision(frm, row) {
	frm.set_intro(__("A lower level is proposed and waits for a second person."), "orange")
	for (const [label, agrees] of [[__("Confirm the lower level"), 1], [__("Refuse the lower level"), 0]]) {
		frm.add_custom_button(label, () =>
			frappe.prompt(
				[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
				({ reason }) =>
					frm
						.call("second_level_change", { row: row.name, agrees, reason })
						.then(() => frm.reload_doc()),
				label,
			),
		)
	}
}

/** Records that a case may need at any time, in a menu beside the steps that are due. */
function offer_records(frm) {
	const running = { "Special Watch": frm.doc.special_watch, "Intervention Plan": frm.doc.intervention_plan }
	const doctypes = ["Case Review", "Safety Plan", "Guardian Contact", "Case Handover", ...Object.keys(running)]
	for (const doctype of doctypes) {
		if (!frappe.model.can_create(doctype) || running[doctype]) continue
		frm.add_custom_button(__(doctype), () => begin(frm, doctype), __("Add a record"))
	}
}

function begin(frm, doctype) {
	const { name, student, risk_assessment } = frm.doc
	const values = {
		"Special Watch": { student, observer: frappe.session.user },
		"Guardian Contact": { student },
		"Case Feedback": { risk_assessment },
	}
	frappe.new_doc(doctype, values[doctype] || { student_case: name })
}

/** What the case needs now, above the form; each step opens its record in one tap. */
function show_what_now(frm) {
	const { next_steps: steps = [], level = {} } = frm.doc.__onload || {}
	const colours = { Urgent: "red", Running: "red", Soon: "orange", Waiting: "blue" }
	const rows = steps.map((step, index) => {
		const offered = step.name || (step.doctype && frappe.model.can_create(step.doctype))
		const label = step.name ? __("Look at it") : __(step.doctype)
		const button = `<button type="button" class="btn btn-default" data-step="${index}">${label}</button>`
		return `<li class="crisis-step">
			<span class="indicator-pill pill ${colours[step.tone]}">${__(step.tone)}</span>
			<span class="crisis-step-text">${frappe.utils.escape_html(step.text)}</span>${offered ? button : ""}
		</li>`
	})
	const wrapper = frm.fields_dict.what_now.$wrapper
	wrapper.html(`${STEP_STYLE}${level_pill(level)}<ul class="crisis-steps">${rows.join("")}</ul>`)
	wrapper.find("[data-step]").on("click", (event) => {
		const step = steps[event.currentTarget.dataset.step]
		if (step.name) frappe.set_route("Form", step.doctype, step.name)
		else begin(frm, step.doctype)
	})
}

/** The level with its colour and its word. */
function level_pill(level) {
	if (!level.label) return ""
	const colour = level.colour === "Grey" ? "gray" : (level.colour || "").toLowerCase()
	return `<span class="indicator-pill pill ${colour}">${frappe.utils.escape_html(level.label)}</span>`
}

/** Measures that the level requires come first; what is done by referral only is marked. */
function show_measures(frm) {
	const measures = (frm.doc.__onload || {}).measures || []
	const mark = (shown, label, colour) =>
		shown ? `<span class="indicator-pill pill ${colour}">${label}</span>` : ""
	const rows = measures.map((row) => {
		const text = frappe.utils.escape_html(row.description || "")
		return `<li class="crisis-step">
			<span class="crisis-step-text"><b>${frappe.utils.escape_html(row.label)}</b> · ${__(row.kind)}<br>
			<span class="text-muted muted">${text}</span></span>
			${mark(row.required, __("Required by the level"), "orange")}
			${mark(row.by_referral, __("By referral only"), "blue")}
		</li>`
	})
	const none = `<p class="text-muted muted">${__("No measures are listed for this phase.")}</p>`
	const list = rows.length ? `<ul class="crisis-steps">${rows.join("")}</ul>` : none
	frm.fields_dict.measures_html.$wrapper.html(STEP_STYLE + list)
}

const STEP_STYLE = `<style>
	.crisis-steps { margin: 0; padding: 0; list-style: none; }
	.crisis-step { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 0; }
	.crisis-step + .crisis-step { border-top: 1px solid var(--border-color, var(--border)); }
	.crisis-step-text { flex: 1 1 200px; }
	.crisis-step button { min-height: 36px; }
</style>`
