"""Rows of hand-overs: command all, who proposed, who is asked while it waits, owner and deputy."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

PROPOSED_BY_ME = "{table}.proposed_by = {user}"
ASKED = "{table}.to_user = {user} and {table}.state = 'Offered'"

RULE = RowRule(
	doctype="Case Handover",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(PROPOSED_BY_ME),
		Clause(ASKED),
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
