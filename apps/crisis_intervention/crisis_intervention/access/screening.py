"""Rows of the screening: results for psychology teachers and the leader, the rest as far as it is needed.

A result whose consent was withdrawn is shut for everybody, and so is what was made of it.
"""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

PSYCHOLOGIST, CLASS_TEACHER = frozenset((roles.PSYCHOLOGIST,)), frozenset((roles.CLASS_TEACHER,))

_CLASSES = (
	"{table}.name in (select `tabScreening Campaign Class`.parent from `tabScreening Campaign Class`"
	" join `tabSchool Class` on `tabSchool Class`.name = `tabScreening Campaign Class`.school_class"
	" where `tabSchool Class`.class_teacher = {user} or `tabSchool Class`.deputy_teacher = {user})"
)
MY_CAMPAIGN = (
	"{table}.campaign in (select `tabScreening Campaign`.name from `tabScreening Campaign`"
	" where `tabScreening Campaign`.responsible_teacher = {user})"
)
NOT_BLOCKED = "{table}.blocked = 0"
NOT_OF_BLOCKED_RESULT = (
	"ifnull({table}.screening_result, '') not in (select `tabScreening Result`.name"
	" from `tabScreening Result` where `tabScreening Result`.blocked = 1)"
)

CAMPAIGNS = RowRule(
	doctype="Screening Campaign",
	all_rows=roles.COMMAND | PSYCHOLOGIST,
	clauses=(Clause("{table}.status != 'Draft' and " + _CLASSES, CLASS_TEACHER),),
)
CONSENTS = RowRule(
	doctype="Screening Consent",
	all_rows=frozenset((roles.LEADER,)) | PSYCHOLOGIST,
	clauses=(Clause(clauses.OWN_CLASS, CLASS_TEACHER),),
	barred=clauses.NOT_OF_CONCERN,
)
RESULTS = RowRule(
	doctype="Screening Result",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(
		Clause(MY_CAMPAIGN, PSYCHOLOGIST),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, PSYCHOLOGIST),
		Clause(clauses.OF_OWN_CASE, PSYCHOLOGIST),
		Clause(clauses.DUTY_ON_IT, PSYCHOLOGIST),
	),
	barred=f"({NOT_BLOCKED}) and ({clauses.NOT_OF_CONCERN})",
)
IMPORTS = RowRule(
	doctype="Screening Import",
	all_rows=frozenset((roles.LEADER,)),
	clauses=(Clause("{table}.owner = {user}", PSYCHOLOGIST), Clause(MY_CAMPAIGN, PSYCHOLOGIST)),
)
TOGETHER = RowRule(
	doctype="Joint Follow Up",
	all_rows=roles.COMMAND,
	clauses=(
		Clause("{table}.psychology_teacher = {user}", PSYCHOLOGIST),
		Clause(clauses.OWN_CLASS_AS_PSYCHOLOGIST, PSYCHOLOGIST),
		Clause(clauses.OF_OWN_CASE, PSYCHOLOGIST),
		Clause(clauses.OWN_CLASS, CLASS_TEACHER),
	),
	barred=f"({NOT_OF_BLOCKED_RESULT}) and ({clauses.NOT_OF_CONCERN})",
)

campaign_query_conditions, has_campaign_permission = CAMPAIGNS.query_conditions, CAMPAIGNS.has_permission
consent_query_conditions, has_consent_permission = CONSENTS.query_conditions, CONSENTS.has_permission
result_query_conditions, has_result_permission = RESULTS.query_conditions, RESULTS.has_permission
import_query_conditions, has_import_permission = IMPORTS.query_conditions, IMPORTS.has_permission
together_query_conditions, has_together_permission = TOGETHER.query_conditions, TOGETHER.has_permission
