"""Rows of the registry: command all, others their own case, class, or the case of an open duty."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

RULE = RowRule(
	doctype="Student Case",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(clauses.OWN_CASE, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(
			clauses.DUTY_ON_CASE,
			frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER, roles.DOCTOR, roles.SECURITY)),
		),
		Clause(clauses.GRANTED_CASE, reading_only=True),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
