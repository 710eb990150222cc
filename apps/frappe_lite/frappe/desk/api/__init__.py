"""What the desk's whitelisted functions share; the functions themselves are at Frappe's dotted paths."""
