"""Rows of guardian contacts: command all, who made the contact, the class and the case."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN = "{table}.contacted_by = {user}"

RULE = RowRule(
	doctype="Guardian Contact",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(OWN, frozenset(roles.STAFF)),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
