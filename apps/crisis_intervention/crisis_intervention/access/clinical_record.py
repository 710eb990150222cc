"""Rows of clinical text: its author, psychology teachers of the case or class, the team leader."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN = "{table}.recorded_by = {user}"
WHO_MAY_RECORD = frozenset((roles.PSYCHOLOGIST, roles.MEMBER))

RULE = RowRule(
	doctype="Risk Assessment Clinical Record",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(
		Clause(OWN, WHO_MAY_RECORD),
		Clause(clauses.OF_OWN_CASE, WHO_MAY_RECORD),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
	),
	writing=(Clause(OWN, WHO_MAY_RECORD),),
	all_written=frozenset(),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
