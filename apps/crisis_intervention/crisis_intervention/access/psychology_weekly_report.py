"""Rows of psychology teachers' weekly reports: command all, psychology teachers their own."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN_WEEK = "{table}.psychology_teacher = {user}"

RULE = RowRule(
	doctype="Psychology Weekly Report",
	all_rows=roles.COMMAND,
	clauses=(Clause(clauses.FILED_BY_ME), Clause(OWN_WEEK)),
	all_written=frozenset(),
	barred=clauses.not_of_concern_among("Psychology Weekly Report Entry"),
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
