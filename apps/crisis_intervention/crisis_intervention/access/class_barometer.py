"""Rows of barometers: the team leader all, psychology teachers their classes, monitors their own.

Art. 12 and 22 send it to the psychology teacher: class teachers do not read it, so that pupils write freely.
"""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

_REVIEWED = clauses.DUTY_ON_IT.replace("{table}", "`tabBarometer Review`")
# Whoever must decide about a barometer can open it.
DUTY_ON_REVIEW = (
	"{table}.name in (select `tabBarometer Review`.class_barometer from `tabBarometer Review` where "
	+ _REVIEWED
	+ ")"
)

RULE = RowRule(
	doctype="Class Barometer",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(
		Clause(clauses.FILED_BY_ME),
		Clause(clauses.OWN_CLASS_ROW_AS_PSYCHOLOGIST, frozenset((roles.PSYCHOLOGIST,))),
		Clause(DUTY_ON_REVIEW, frozenset((roles.PSYCHOLOGIST, roles.MEMBER))),
	),
	# What was written stays as it was.
	writing=(),
	all_written=frozenset(),
	barred=clauses.not_of_concern_among("Barometer Entry"),
)
query_conditions = RULE.query_conditions
has_permission = RULE.has_permission
