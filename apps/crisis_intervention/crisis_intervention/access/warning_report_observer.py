"""Rows of observers: the team leader all, the psychology teacher those who did not ask to stay hidden."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

NOT_HIDDEN = "{table}.hide_observer = 0"

RULE = RowRule(
	doctype="Warning Report Observer",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(Clause(NOT_HIDDEN, frozenset((roles.PSYCHOLOGIST,))),),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
