"""Rows of grants: who decides and who audits all, others what they asked for or were given."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN = "{table}.user = {user} or {table}.requested_by = {user}"

RULE = RowRule(
	doctype="Access Grant",
	all_rows=frozenset((roles.LEADER, roles.SCHOOL_LEADER, roles.AUDITOR)),
	clauses=(Clause(OWN), Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST,)))),
	# A grant moves by its methods only.
	writing=(),
	all_written=frozenset(),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
