// The ledger keeps functions and reasons as codes; the reader sees words.
const in_words = (value) => frappe.utils.escape_html(value ? __(value) : "");

frappe.listview_settings["Duty Log"] = {
	hide_name_column: true,
	formatters: { function: in_words, detail: in_words },
};
