"""Rows of need-to-know cards: who carries the case; whoever is named, while card and entry are in force."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

_IN_FORCE = (
	" and {table}.in_use = 1 and {table}.valid_until >= {today} and {table}.student_case in"
	" (select `tabStudent Case`.name from `tabStudent Case`"
	" where ifnull(`tabStudent Case`.workflow_state, '') not in ('Exited', 'Closed', 'Left'))"
)
NAMED = (
	"{table}.name in (select `tabNeed To Know Reader`.parent from `tabNeed To Know Reader`"
	" where `tabNeed To Know Reader`.user = {user})" + _IN_FORCE
)
OF_THE_OFFICE = "{table}.audience = 'Academic Affairs'" + _IN_FORCE
GRANTED = clauses.GRANTED_CARD + _IN_FORCE

RULE = RowRule(
	doctype="Need To Know Card",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,)), reading_only=True),
		Clause(NAMED, reading_only=True),
		Clause(OF_THE_OFFICE, frozenset((roles.ACADEMIC,)), reading_only=True),
		Clause(GRANTED, reading_only=True),
	),
	all_written=frozenset((roles.LEADER, roles.MEMBER)),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
