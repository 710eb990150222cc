"""Rows of child tables of cases: the host asks for the parent DocType only, so rows are ruled here."""

from dataclasses import dataclass

import frappe

from crisis_intervention.access import (
	accountability_record,
	case_feedback,
	case_review,
	class_barometer,
	class_log,
	class_weekly_report,
	clinical_record,
	guardian_contact,
	intervention_plan,
	need_to_know_card,
	psychological_file,
	psychology_weekly_report,
	roles,
	roster,
	safety_plan,
	screening,
	special_watch,
	student_case,
	warning_report,
)
from crisis_intervention.access.roles import roles_of
from crisis_intervention.access.rows import NOTHING, RowRule


@dataclass(frozen=True)
class ChildRule:
	"""A child table is read as far as its parents are, and only by the roles named, if any are.

	:param narrowed: a further condition on the parent; `{table}` and `{user}` are filled in
	"""

	doctype: str
	parents: tuple[RowRule, ...]
	roles: frozenset[str] = frozenset()
	narrowed: str = ""

	def query_conditions(self, user: str | None = None, doctype: str | None = None) -> str:
		"""Return the SQL condition of a list; Frappe's hook `permission_query_conditions`."""
		user = user or frappe.session.user
		if user == "Administrator":
			return ""
		if self.roles and not self.roles & roles_of(user):
			return NOTHING
		return "(" + " or ".join(self._of_parent(parent, user) for parent in self.parents) + ")"

	def _of_parent(self, parent: RowRule, user: str) -> str:
		table, child = f"`tab{parent.doctype}`", f"`tab{self.doctype}`"
		rows = f"select {table}.name from {table} where {parent.condition(user, 'read')}"
		if self.narrowed:
			rows += " and " + self.narrowed.format(table=table, user=frappe.db.escape(user))
		return f"({child}.parenttype = {frappe.db.escape(parent.doctype)} and {child}.parent in ({rows}))"


CASE, REPORT, CARD = student_case.RULE, warning_report.RULE, need_to_know_card.RULE
level_change = ChildRule("Level Change", (CASE,)).query_conditions
person_of_concern = ChildRule("Person Of Concern", (CASE, REPORT), roles.MAY_SEE_PERSONS).query_conditions
linked_student = ChildRule("Case Linked Student", (CASE,)).query_conditions
category_item = ChildRule("Concern Category Item", (CASE, REPORT)).query_conditions
report_signal = ChildRule("Warning Report Signal", (REPORT,)).query_conditions
CLASS_WEEK, PSYCHOLOGY_WEEK = class_weekly_report.RULE, psychology_weekly_report.RULE
class_week_entry = ChildRule("Class Weekly Report Entry", (CLASS_WEEK,)).query_conditions
psychology_week_entry = ChildRule("Psychology Weekly Report Entry", (PSYCHOLOGY_WEEK,)).query_conditions
log_student = ChildRule("Class Log Student", (class_log.RULE,)).query_conditions
barometer_entry = ChildRule("Barometer Entry", (class_barometer.RULE,)).query_conditions
WATCH, CONTACT = special_watch.RULE, guardian_contact.RULE
contact_attempt = ChildRule("Guardian Contact Attempt", (CONTACT,)).query_conditions
PLAN, REVIEW = safety_plan.RULE, case_review.RULE
plan_review = ChildRule("Safety Plan Review", (PLAN,)).query_conditions
MEASURES = intervention_plan.RULE
measure = ChildRule("Intervention Measure", (MEASURES,)).query_conditions
correction = ChildRule(
	"Record Correction",
	(
		CASE,
		REPORT,
		CARD,
		clinical_record.RULE,
		CLASS_WEEK,
		PSYCHOLOGY_WEEK,
		class_log.RULE,
		screening.RESULTS,
		psychological_file.RULE,
		WATCH,
		CONTACT,
		PLAN,
		REVIEW,
		MEASURES,
	),
).query_conditions
behaviour = ChildRule("Clinical Behaviour", (clinical_record.RULE,)).query_conditions
receipt = ChildRule("Case Feedback Receipt", (case_feedback.RULE,)).query_conditions
card_reader = ChildRule("Need To Know Reader", (CARD,)).query_conditions
# Who did what when is for those who decide; the facts are for the person concerned as well.
accountability_fact = ChildRule("Accountability Fact", (accountability_record.RULE,)).query_conditions
accountability_step = ChildRule(
	"Accountability Step",
	(accountability_record.RULE,),
	accountability_record.RULE.all_rows,
	accountability_record.NOT_CONCERNED,
).query_conditions
screening_score = ChildRule("Screening Score", (screening.RESULTS,)).query_conditions
screening_problem = ChildRule("Screening Import Problem", (screening.IMPORTS,)).query_conditions
campaign_class = ChildRule("Screening Campaign Class", (screening.CAMPAIGNS,)).query_conditions
contact_person = ChildRule("Student Contact Person", (roster.OF_CONTACT_PERSONS,)).query_conditions
