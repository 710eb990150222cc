"""Rows of barometer reviews: the team leader all, others those of their classes and open duties."""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

DECIDING = frozenset((roles.PSYCHOLOGIST, roles.MEMBER))

RULE = RowRule(
	doctype="Barometer Review",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(
		Clause(clauses.OWN_CLASS_ROW_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(clauses.DUTY_ON_IT, DECIDING),
	),
	barred=(
		"{table}.class_barometer not in (select `tabBarometer Entry`.parent from `tabBarometer Entry`"
		" join `tabStudent Case` on `tabStudent Case`.student = `tabBarometer Entry`.student"
		" join `tabPerson Of Concern` on `tabPerson Of Concern`.parent = `tabStudent Case`.name"
		" where `tabPerson Of Concern`.user = {user} and `tabPerson Of Concern`.withdrawn = 0)"
	),
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
