"""An assessment that finds no entry needed ends what was asked for until somebody had looked (art. 13)."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.clocks.site import this_second
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.fulfilment import close_assignment
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED, WAIVED
from crisis_intervention.crisis_plan.rules.cache import rule_of

ANSWERED = "Answered by the assessment"


def end_without_entry(doctype: str, names: list[str], evidence: Any) -> list[str]:
	"""Waive the open duties of documents whose rules end with a decision against an entry.

	A person decided it, with written reasons; the ledger names the decision.

	:param doctype: DocType of the documents that called the duties
	:param names: codes of these documents
	:param evidence: the submitted decision
	:returns: codes of the duties
	"""
	filters = {
		"reference_doctype": doctype,
		"reference_name": ["in", names or [""]],
		"state": ["in", UNFULFILLED],
	}
	ended = []
	for duty in frappe.get_all("Duty", filters=filters, fields=["name", "rule", "article"]):
		rule = rule_of(duty.rule)
		if not rule or not rule.ends_without_entry:
			continue
		ledger.change(
			duty.name,
			state=WAIVED,
			next_step_at=None,
			evidence_doctype=evidence.doctype,
			evidence_name=evidence.name,
		)
		line = ledger.log(duty, "Waived", at=this_second(), by_user=frappe.session.user, detail=ANSWERED)
		close_assignment(duty, this_second(), line.name)
		ended.append(duty.name)
	return ended
