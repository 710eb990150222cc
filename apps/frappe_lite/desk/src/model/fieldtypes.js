/** Which field types carry a value, lay out a page or hold rows; names are Frappe's. */

export const LAYOUT_TYPES = ["Section Break", "Column Break", "Tab Break", "Fold"]
export const NO_VALUE_TYPES = [
	...LAYOUT_TYPES,
	"HTML",
	"Table",
	"Table MultiSelect",
	"Button",
	"Image",
	"Heading",
]
export const TABLE_TYPES = ["Table", "Table MultiSelect"]
export const NUMBER_TYPES = ["Int", "Long Int", "Float", "Currency", "Percent", "Rating", "Duration"]
export const WIDE_TYPES = ["Table", "Text Editor", "HTML", "Code", "JSON", "HTML Editor", "Markdown Editor"]

export const isLayout = (df) => LAYOUT_TYPES.includes(df.fieldtype)
export const isTable = (df) => TABLE_TYPES.includes(df.fieldtype)
export const hasValue = (df) => !NO_VALUE_TYPES.includes(df.fieldtype) || isTable(df)

/** Fields every document has besides those of its DocType. */
export const STANDARD_FIELDS = [
	{ fieldname: "name", fieldtype: "Data", label: "ID" },
	{ fieldname: "owner", fieldtype: "Link", options: "User", label: "Created By" },
	{ fieldname: "creation", fieldtype: "Datetime", label: "Created On" },
	{ fieldname: "modified", fieldtype: "Datetime", label: "Last Updated On" },
	{ fieldname: "modified_by", fieldtype: "Link", options: "User", label: "Last Updated By" },
	{ fieldname: "docstatus", fieldtype: "Int", label: "Document Status" },
	{ fieldname: "idx", fieldtype: "Int", label: "Index" },
	{ fieldname: "_assign", fieldtype: "Text", label: "Assigned To" },
	{ fieldname: "_user_tags", fieldtype: "Data", label: "Tags" },
]
