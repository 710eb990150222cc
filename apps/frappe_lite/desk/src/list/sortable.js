import { STANDARD_FIELDS } from "@/model/fieldtypes.js"

const SORTABLE = [
	"Data",
	"Link",
	"Select",
	"Date",
	"Datetime",
	"Int",
	"Float",
	"Currency",
	"Percent",
	"Check",
	"Time",
]

/** Fields a list may be ordered by: those it shows, and the times every record has. */
export function sortableFields(meta) {
	const own = meta.fields.filter(
		(df) =>
			(df.in_list_view || df.in_standard_filter || df.reqd) && SORTABLE.includes(df.fieldtype) && !df.hidden,
	)
	const standard = STANDARD_FIELDS.filter((df) => ["modified", "creation", "name"].includes(df.fieldname))
	return [...standard, ...own].slice(0, 12)
}
