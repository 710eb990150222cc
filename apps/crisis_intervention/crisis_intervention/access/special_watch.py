"""Rows of special watches: command all, who began it, who is with the student, the class and the case."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

BEGUN = "{table}.started_by = {user}"
WITH_THE_STUDENT = "{table}.observer = {user} and {table}.status = 'Running'"

RULE = RowRule(
	doctype="Special Watch",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(BEGUN, frozenset(roles.STAFF)),
		Clause(WITH_THE_STUDENT, frozenset(roles.STAFF)),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
		Clause(clauses.DUTY_ON_IT, frozenset(roles.STAFF)),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
