const SYMBOLS = { Sunny: "☀️", Cloudy: "⛅", Rain: "🌧️", Storm: "⛈️" }

frappe.ui.form.on("Class Barometer", {
	setup(frm) {
		const of_class = () => ({ filters: { school_class: frm.doc.school_class || "" } })
		frm.set_query("student", "entries", of_class)
		frm.set_query("handed_in_by", of_class)
	},

	refresh(frm) {
		const is_monitor = frappe.user.has_role("Class Monitor")
		frm.set_df_property("weather", "options", Object.keys(SYMBOLS).map(option_of))
		frm.toggle_display("handed_in_by", !is_monitor)
		say_what_to_do(frm)
		if (frm.is_new()) return is_monitor && crisis_intervention.one_tap.in_form(frm, "school_class")
		frm.disable_form()
		if (!is_monitor) offer_warning_report(frm)
	},
})

frappe.ui.form.on("Barometer Entry", {
	worried: say_what_to_do,
	weather: say_what_to_do,
})

const option_of = (value) => ({ value, label: `${SYMBOLS[value]} ${__(value)}` })

/** A pupil is not left alone with the fear for a classmate. */
function say_what_to_do(frm) {
	if (!frappe.user.has_role("Class Monitor")) return
	const fears = (frm.doc.entries || []).some((row) => row.worried || row.weather === "Storm")
	const words = __("Tell a teacher now, do not wait and do not stay alone with it. Help line: 12356.")
	frm.set_intro(fears && !frm.doc.seen_at ? words : "", "red")
}

/** A person decides whether a warning report is filed; the monitor is not named in it. */
function offer_warning_report(frm) {
	if (!frappe.model.can_create("Warning Report")) return
	for (const row of frm.doc.entries || []) {
		frm.add_custom_button(__("File a warning report (line {0})", [row.idx]), () =>
			frappe.new_doc("Warning Report", { student: row.student, description: row.note, hide_observer: 1 }),
		)
	}
}
