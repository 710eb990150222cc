"""Rows of warning reports: command and psychologists all, class teachers their class, others their own."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

RULE = RowRule(
	doctype="Warning Report",
	all_rows=roles.COMMAND | {roles.PSYCHOLOGIST},
	clauses=(
		Clause(clauses.OWN_REPORT),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.DUTY_ON_IT, frozenset(roles.STAFF)),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	# Others correct what they wrote themselves, not what somebody else reported.
	writing=(Clause(clauses.OWN_REPORT),),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
