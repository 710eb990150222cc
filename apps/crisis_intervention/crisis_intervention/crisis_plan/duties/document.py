"""A planned obligation as an unsaved Duty."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.duties.planner import PlannedDuty
from crisis_intervention.crisis_plan.plan_version import plan_in_force


def duty_document(planned: PlannedDuty) -> Any:
	"""Return the unsaved Duty of a plan."""
	rule, context = planned.rule, planned.context
	return frappe.get_doc(
		{
			"doctype": "Duty",
			"rule": rule.name if frappe.db.exists("Duty Rule", rule.name) else None,
			"kind": rule.kind,
			"tier": rule.tier,
			"article": rule.article,
			"paragraph": rule.paragraph,
			"source": rule.source,
			"plan": plan_in_force(planned.raised_at.date()),
			"reference_doctype": context.doctype or None,
			"reference_name": context.name or None,
			"student": context.student or None,
			"student_case": context.student_case or None,
			"school_class": context.school_class or None,
			"responsible": planned.responsible.user or None,
			"responsible_function": planned.responsible.function,
			"resolved_via": planned.responsible.via,
			"raised_at": planned.raised_at,
			"due_at": planned.due_at,
			"clock": planned.clock,
			"period": planned.period,
			"handled_until": planned.line.handled_until,
			"next_step_at": planned.next_step_at,
			"dedupe_key": planned.dedupe_key,
		}
	)
