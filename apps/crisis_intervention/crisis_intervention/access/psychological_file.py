"""Rows of psychological files: command all, psychologists and class teachers their classes."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN = "{table}.follow_up_owner = {user}"
PSYCHOLOGIST = frozenset((roles.PSYCHOLOGIST,))

RULE = RowRule(
	doctype="Psychological File",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(OWN, PSYCHOLOGIST),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, PSYCHOLOGIST),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
