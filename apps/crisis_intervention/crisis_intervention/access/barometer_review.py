"""Rows of barometer reviews: the team leader all, others those of their classes and open duties."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

DECIDING = frozenset((roles.PSYCHOLOGIST, roles.MEMBER))

RULE = RowRule(
	doctype="Barometer Review",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(
		Clause(clauses.OWN_CLASS_ROW_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.DUTY_ON_IT, DECIDING),
	),
	barred=clauses.not_of_concern_among("Barometer Entry", "class_barometer"),
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
