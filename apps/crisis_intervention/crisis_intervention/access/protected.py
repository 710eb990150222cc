"""Which DocTypes hold the content of cases, and of which the app rules the rows."""

import frappe

APP = "crisis_intervention"

# In the order in which a case grows.
CASE_DOCTYPES = (
	"Psychological File",
	"Screening Result",
	"Screening Import",
	"Joint Follow Up",
	"Help Request",
	"Warning Report",
	"Warning Report Observer",
	"Class Weekly Report",
	"Psychology Weekly Report",
	"Class Log",
	"Class Barometer",
	"Barometer Review",
	"Risk Assessment",
	"Risk Assessment Clinical Record",
	"Student Case",
	"Case Feedback",
	"Need To Know Card",
	"Accountability Record",
	"Safety Plan",
	"Case Review",
	"Case Handover",
	"Special Watch",
	"Guardian Contact",
	"Intervention Plan",
)

# Ledger, grants and consents name student and case; their rows follow rules, never a share.
LEDGER_DOCTYPES = ("Duty", "Duty Log", "Dispatch Log", "Access Grant", "Screening Consent")


def is_unshared(doctype: str | None) -> bool:
	"""Say whether records of a DocType are never shared or followed: cases and the ledger of duties."""
	return is_protected(doctype) or doctype in LEDGER_DOCTYPES


def is_protected(doctype: str | None) -> bool:
	"""Say whether records of a DocType hold the content of a case."""
	return doctype in CASE_DOCTYPES


def row_ruled() -> frozenset[str]:
	"""Return the DocTypes of this app whose rows it rules, cases and others."""
	return _with_conditions_of(f"{APP}.") - beside_cases()


def beside_cases() -> frozenset[str]:
	"""Return the DocTypes of the host whose rows are read as far as the record they belong to."""
	return _with_conditions_of(f"{APP}.access.beside.")


def _with_conditions_of(start: str) -> frozenset[str]:
	conditions = frappe.get_hooks("permission_query_conditions")
	return frozenset(doctype for doctype, methods in conditions.items() if _has_one(methods, start))


def _has_one(methods: str | list[str], start: str) -> bool:
	listed = [methods] if isinstance(methods, str) else methods
	return any(method.startswith(start) for method in listed)
