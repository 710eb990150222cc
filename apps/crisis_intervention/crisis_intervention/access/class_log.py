"""Rows of class logs: command all, others their classes and what they logged."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

RULE = RowRule(
	doctype="Class Log",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(clauses.FILED_BY_ME),
		Clause(clauses.OWN_CLASS_ROW, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.OWN_CLASS_ROW_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
	),
	writing=(
		Clause(clauses.FILED_BY_ME),
		Clause(clauses.OWN_CLASS_ROW, frozenset((roles.CLASS_TEACHER,))),
	),
	all_written=frozenset(),
	barred=clauses.not_of_concern_among("Class Log Student"),
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
