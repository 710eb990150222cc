"""Which type a field with values may be changed to."""

# Within a group every value of one type is a value of the others.
GROUPS = (
	("Currency", "Float", "Percent"),
	("Small Text", "Data"),
	("Text", "Data"),
	("Text", "Text Editor", "Code", "Signature", "HTML Editor"),
	("Data", "Select"),
	("Text", "Small Text"),
	("Text", "Data", "Barcode"),
	("Code", "Geolocation"),
	("Table", "Table MultiSelect"),
)


def is_change_allowed(old: str, new: str) -> bool:
	"""Tell whether a field may change its type and keep its values.

	>>> is_change_allowed("Data", "Select"), is_change_allowed("Int", "Date")
	(True, False)
	"""
	return any(old in group and new in group for group in GROUPS)
