"""Rows of intervention plans: command all, psychologists their cases and classes.

Class teacher and school doctor do not read the plan: each sees the measures that are his, and marks them
(`intervention/plans.py`).
"""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

_PSYCHOLOGIST = frozenset((roles.PSYCHOLOGIST,))
# Owner and deputy of the case, and whoever stands in and has a duty of the case.
OF_THE_CASE = (Clause(clauses.OF_OWN_CASE, _PSYCHOLOGIST), Clause(clauses.DUTY_OF_ITS_CASE, _PSYCHOLOGIST))

RULE = RowRule(
	doctype="Intervention Plan",
	all_rows=roles.COMMAND,
	clauses=(
		*OF_THE_CASE,
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, _PSYCHOLOGIST),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	writing=OF_THE_CASE,
	all_written=frozenset((roles.LEADER, roles.MEMBER)),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
