/** Lists of what lasts from one moment to another: over, running, or to come. */
frappe.provide("crisis_intervention.spans")

crisis_intervention.spans.indicator = (doc) => {
	const now = frappe.datetime.now_datetime()
	if (doc.to_time <= now) return [__("Over"), "gray", `to_time,<=,${now}`]
	if (doc.from_time > now) return [__("To come"), "blue", `from_time,>,${now}`]
	return [__("Running"), "green", `to_time,>,${now}`]
}
