/**
 * Choices of a Select or Autocomplete: lines of text, a list of texts, or `{label, value}` rows.
 * @returns {Array<{value: string, label: string}>}
 */
export function selectOptions(options) {
	if (options == null || options === "") return []
	const list = Array.isArray(options) ? options : typeof options === "string" ? fromText(options) : []
	return list.map((option) =>
		typeof option === "object" && option
			? {
					value: String(option.value ?? option.label ?? ""),
					label: String(option.label ?? option.value ?? ""),
					description: option.description,
				}
			: { value: String(option ?? ""), label: String(option ?? "") },
	)
}

function fromText(text) {
	if (text.trim().startsWith("[")) {
		try {
			return JSON.parse(text)
		} catch {
			// Not JSON after all: plain lines that begin with a bracket.
			return text.split("\n")
		}
	}
	return text.split("\n")
}
