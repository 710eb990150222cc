"""Rows of feedback: command all, senders and recipients their own."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

SENT = "{table}.sent_by = {user}"
RECEIVED = (
	"{table}.name in (select `tabCase Feedback Receipt`.parent from `tabCase Feedback Receipt`"
	" where `tabCase Feedback Receipt`.user = {user})"
)

RULE = RowRule(
	doctype="Case Feedback",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(SENT),
		Clause(RECEIVED),
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
