"""Which DocTypes hold the content of cases."""

# In the order in which a case grows.
CASE_DOCTYPES = (
	"Warning Report",
	"Warning Report Observer",
	"Risk Assessment",
	"Risk Assessment Clinical Record",
	"Student Case",
	"Case Feedback",
)


def is_protected(doctype: str | None) -> bool:
	"""Say whether records of a DocType hold the content of a case."""
	return doctype in CASE_DOCTYPES
