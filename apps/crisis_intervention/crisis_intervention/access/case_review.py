"""Rows of case reviews: command all, psychologists their cases and classes, the class teacher the class."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

RULE = RowRule(
	doctype="Case Review",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
