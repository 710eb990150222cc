"""Rows of assessments: command all, the assessor his own, others those of their class or case."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

OWN = "{table}.assessed_by = {user}"

RULE = RowRule(
	doctype="Risk Assessment",
	all_rows=roles.COMMAND,
	clauses=(
		Clause(OWN, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OF_OWN_CASE, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.OWN_CLASS, frozenset((roles.CLASS_TEACHER,))),
		Clause(clauses.DUTY_ON_IT, frozenset((roles.PSYCHOLOGIST, roles.CLASS_TEACHER))),
		Clause(clauses.OF_GRANTED_CASE, reading_only=True),
	),
	# Only the person who assessed changes an assessment; the controller asks the same of a submit.
	writing=(Clause(OWN, frozenset((roles.PSYCHOLOGIST, roles.LEADER, roles.MEMBER))),),
	all_written=frozenset(),
	barred=clauses.NOT_OF_CONCERN,
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
