"""A guardian who may be the one who harms is not told; the authority is (Law on Protection of Minors, 11).

No rule and no customisation can switch this off, and a report of somebody else, who knows nothing of the
suspicion, does not undo it.
"""

import frappe

from crisis_intervention.crisis_plan.clocks.site import this_second
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED, WAIVED
from crisis_intervention.crisis_plan.people.context import built
from crisis_intervention.crisis_plan.rules.cache import rule_of
from crisis_intervention.crisis_plan.rules.rule import Rule

GUARDIAN_CONTACT, REPORT = "Guardian Contact", "Warning Report"
# Why a duty was lifted, and why it arose again, as the ledger says it.
INSTEAD, CLEARED = "Authority instead", "Suspicion cleared"


def is_barred(rule: Rule, student: str) -> bool:
	"""Say whether a duty must not arise because it would tell a suspected guardian.

	:param rule: the rule that was called
	:param student: code of the Student Profile
	"""
	return rule.fulfil_doctype == GUARDIAN_CONTACT and guardian_suspected(student)


def guardian_suspected(student: str) -> bool:
	"""Say whether any report says that a guardian of a student may be the one who harms."""
	if not student or not built(REPORT):
		return False
	return bool(frappe.db.exists(REPORT, {"student": student, "guardian_suspected": 1}))


def lift_guardian_duties(student: str) -> list[str]:
	"""Lift the open duties to contact the guardians of a student, with a line in the log of each.

	:param student: code of the Student Profile
	:returns: codes of the duties
	"""
	rows = frappe.get_all(
		"Duty",
		filters={"student": student, "state": ["in", UNFULFILLED]},
		fields=["name", "rule", "article"],
	)
	lifted = []
	for duty in rows:
		rule = rule_of(duty.rule)
		if rule and rule.fulfil_doctype == GUARDIAN_CONTACT:
			ledger.change(duty.name, state=WAIVED, next_step_at=None)
			ledger.log(duty, "Waived", at=this_second(), detail=INSTEAD)
			lifted.append(duty.name)
	return lifted
