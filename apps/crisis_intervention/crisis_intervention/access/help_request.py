"""Rows of help requests: psychology teachers and the leader all, others only what they must answer."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

RULE = RowRule(
	doctype="Help Request",
	all_rows=frozenset((roles.LEADER, roles.PSYCHOLOGIST)),
	# An urgent request that nobody answers climbs the ladder; whoever it reaches must be able to act.
	clauses=(Clause(clauses.DUTY_ON_IT, frozenset((roles.MEMBER,))),),
	writing=(),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
