"""What stands proves a duty: a watch that runs already, or begins later, whoever asked for it first.

Other evidence must come after the duty arose (`fulfilment.py`). This kind is in force or it is not.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.duties.fulfilment import close
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.people.context import built, context_of
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.rule import Rule

# The newest records of a student are looked at; what stands is among them.
MOST = 10


def close_by_standing(rule: Rule, duty: Any) -> bool:
	"""Close a duty that has just arisen when what it asks for is in force already.

	:param duty: Duty document, in the ledger
	:returns: whether it was closed
	"""
	if not rule.standing_doctype or not duty.student or not built(rule.standing_doctype):
		return False
	names = frappe.get_all(
		rule.standing_doctype,
		filters={"student": duty.student},
		pluck="name",
		order_by="creation desc",
		limit=MOST,
	)
	for name in names:
		doc = frappe.get_doc(rule.standing_doctype, name)
		if _stands(rule, doc, duty):
			close(duty, duty.raised_at, doc.doctype, doc.name, by_user=doc.modified_by)
			return True
	return False


def prove_by_standing(doc: Any, rules: Iterable[Rule]) -> list[str]:
	"""Close the open duties about a student that a record in force proves.

	:param doc: the record, saved
	:param rules: rules that name its DocType as standing
	:returns: codes of the closed duties
	"""
	student = context_of(doc).student
	closed = []
	for rule in rules if student else ():
		filters = {"rule": rule.name, "student": student, "state": ["in", UNFULFILLED]}
		for name in frappe.get_all("Duty", filters=filters, pluck="name"):
			duty = frappe.get_doc("Duty", name)
			if _stands(rule, doc, duty):
				close(duty, now_datetime(), doc.doctype, doc.name, by_user=doc.modified_by)
				closed.append(name)
	return closed


def _stands(rule: Rule, doc: Any, duty: Any) -> bool:
	return holds_or_default(rule.standing_condition, doc, False, rule.name, duty)
