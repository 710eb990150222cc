"""Rows of accountability: who decides, and the person concerned; never anybody else, whatever his case."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

CONCERNED = "{table}.person = {user}"
NOT_CONCERNED = "{table}.person <> {user}"

RULE = RowRule(
	doctype="Accountability Record",
	all_rows=frozenset((roles.SCHOOL_LEADER, roles.LEADER, roles.OFFICE)),
	clauses=(Clause(CONCERNED),),
	# A record moves by its methods only.
	writing=(),
	all_written=frozenset(),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
