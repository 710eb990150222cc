frappe.ui.form.on("Guardian Contact", {
	setup(frm) {
		frm.set_query("warning_report", () => ({ filters: { student: frm.doc.student } }))
	},

	refresh(frm) {
		load_contacts(frm)
		if (frm.is_new()) offer_first_attempt(frm)
		else if (frm.doc.outcome === "Not Reached" && frm.perm[0].write) offer_next_attempt(frm)
	},

	student: load_contacts,
	contact_person: show_call,
})

/** The roster says whom to call first; whoever must not be called is not offered. */
async function load_contacts(frm) {
	if (!frm.doc.student) return
	const { message } = await frappe.call({
		method: "crisis_intervention.intervention.guardians.contacts_of",
		args: { student: frm.doc.student },
	})
	frm.contacts = message || []
	const offered = frm.contacts.filter((row) => !row.refusal || row.name === frm.doc.contact_person)
	const options = offered.map((row) => ({ value: row.name, label: label_of(row) }))
	frm.set_df_property("contact_person", "options", options)
	if (!offered.length) say_why_nobody(frm)
	else if (frm.is_new() && !frm.doc.contact_person) await frm.set_value("contact_person", offered[0].name)
	show_call(frm)
}

const label_of = (row) => [row.person_name, __(row.relation), row.reachable_when].filter(Boolean).join(" · ")

function say_why_nobody(frm) {
	const barred = frm.contacts.find((row) => row.refusal)
	const text = barred ? barred.refusal : __("The roster names no contact person for this student.")
	frm.set_intro(frappe.utils.escape_html(text), "red")
}

function show_call(frm) {
	const row = (frm.contacts || []).find((one) => one.name === frm.doc.contact_person)
	const text = row && row.phone ? frappe.utils.escape_html(row.phone) : ""
	const call = `<a href="tel:${encodeURIComponent((row && row.phone) || "")}">${__("Call {0}", [text])}</a>`
	const order = __("From the student's contact persons, in the order of contact.")
	frm.set_df_property("contact_person", "description", text ? call : order)
}

/** A new contact is told in one tap: reached or not, now. */
function offer_first_attempt(frm) {
	const begin = (reached) => {
		frm.clear_table("attempts")
		add_attempt(frm, reached)
		frm.set_value("outcome", reached ? "Reached" : "Not Reached")
	}
	frm.add_custom_button(__("Reached by phone now"), () => begin(1))
	frm.add_custom_button(__("Nobody answered"), () => begin(0))
}

function offer_next_attempt(frm) {
	frm.add_custom_button(__("Nobody answered again"), () => {
		add_attempt(frm, 0)
		frm.save()
	})
	frm.add_custom_button(__("Reached now"), () => {
		add_attempt(frm, 1)
		frm.set_value("outcome", "Reached")
	}).addClass("btn-primary")
}

function add_attempt(frm, reached) {
	frm.add_child("attempts", { attempted_at: frappe.datetime.now_datetime(), channel: "Phone", reached })
	frm.refresh_field("attempts")
}
