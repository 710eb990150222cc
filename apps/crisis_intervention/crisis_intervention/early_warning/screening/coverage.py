"""Numbers of a campaign, counted anew whenever a consent or result changes."""

from typing import Any

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Count, Sum

from crisis_intervention.early_warning.screening.consents import DECLINED, GIVEN, WITHDRAWN
from crisis_intervention.early_warning.screening.instruments import VALID

CAMPAIGN = "Screening Campaign"


def percent(tested: int, eligible: int, declined: int, withdrawn: int) -> float:
	"""Return the coverage: screened of those eligible, without declined and withdrawn (art. 11).

	:returns: percent with one decimal, 0 when nobody is left
	"""
	left = eligible - declined - withdrawn
	return round(100 * tested / left, 1) if left > 0 else 0.0


def counts_of(campaign: str) -> dict[str, Any]:
	"""Count consents and results of a campaign; results whose consent was withdrawn count nowhere."""
	by_state = _consents(campaign)
	counts = {
		"eligible": sum(number for number, _tested in by_state.values()),
		"consented": by_state.get(GIVEN, (0, 0))[0],
		"declined": by_state.get(DECLINED, (0, 0))[0],
		"withdrawn": by_state.get(WITHDRAWN, (0, 0))[0],
		**_results(campaign),
	}
	keys = ("tested", "eligible", "declined", "withdrawn")
	counts["coverage"] = percent(*(counts[key] for key in keys))
	return counts


def refresh(campaign: str) -> None:
	"""Store the numbers of a campaign; one that is closed and reviewed to the end says so to its duties."""
	counts = counts_of(campaign)
	before = frappe.db.get_value(CAMPAIGN, campaign, ["status", "to_review"], as_dict=True)
	if before.status == "Closed" and before.to_review and not counts["to_review"]:
		doc = frappe.get_doc(CAMPAIGN, campaign)
		# Whoever records the last review need not be allowed to change the campaign.
		doc.save(ignore_permissions=True)
		return
	frappe.db.set_value(CAMPAIGN, campaign, counts, update_modified=False)


def _consents(campaign: str) -> dict[str, tuple[int, int]]:
	"""Count rows by state; who left the school before being screened is no longer eligible."""
	consent, student = DocType("Screening Consent"), DocType("Student Profile")
	rows = (
		frappe.qb.from_(consent)
		.join(student)
		.on(student.name == consent.student)
		.select(consent.state, Count(consent.name), Sum(consent.tested))
		.where((consent.campaign == campaign) & ((student.status == "Enrolled") | (consent.tested == 1)))
		.groupby(consent.state)
	).run()
	return {state: (int(number), int(tested or 0)) for state, number, tested in rows}


def _results(campaign: str) -> dict[str, int]:
	result = DocType("Screening Result")
	to_look_at = (result.critical_item == 1) | (result.flagged == 1)
	not_reviewed = to_look_at & ((result.review_outcome.isnull()) | (result.review_outcome == ""))
	row = (
		frappe.qb.from_(result)
		.select(
			Count(result.name),
			_number(result.validity == VALID),
			_number(result.critical_item == 1),
			_number(to_look_at),
			_number(not_reviewed),
		)
		.where((result.campaign == campaign) & (result.blocked == 0))
	).run()[0]
	keys = ("tested", "valid", "critical", "flagged", "to_review")
	return dict(zip(keys, (int(value or 0) for value in row), strict=True))


def _number(condition: Any) -> Any:
	return Sum(Case().when(condition, 1).else_(0))
