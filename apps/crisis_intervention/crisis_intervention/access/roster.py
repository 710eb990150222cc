"""Rows of the roster: who works with all students reads them all, class teachers and monitors the own class.

Teachers who must be able to name any student in a report pick him by name and class instead
(`early_warning.roster.picking`). Who must be told about a student is read by fewer still.
"""

from crisis_intervention.access import clauses, roles
from crisis_intervention.access.rows import Clause, RowRule

_MY_CLASSES = (
	"select `tabSchool Class Monitor`.parent from `tabSchool Class Monitor`"
	" where `tabSchool Class Monitor`.user = {user}"
	" and ifnull(`tabSchool Class Monitor`.from_date, '1900-01-01') <= {today}"
	" and ifnull(`tabSchool Class Monitor`.to_date, '9999-12-31') >= {today}"
)
_MY_CLASS_AS_TEACHER = "{table}.class_teacher = {user} or {table}.deputy_teacher = {user}"
_OF_MY_CLASS = (
	"{table}.school_class in (select `tabSchool Class`.name from `tabSchool Class`"
	" where `tabSchool Class`.class_teacher = {user} or `tabSchool Class`.deputy_teacher = {user})"
)
# As `clauses.NOT_OF_CONCERN`; the record itself is the student.
_NOT_OF_CONCERN = f"{{table}}.name not in ({clauses.STUDENTS_OF_CONCERN})"
EVERYBODY_ELSE = frozenset((*roles.STAFF, roles.ADMINISTRATOR))
MONITOR, CLASS_TEACHER = frozenset((roles.MONITOR,)), frozenset((roles.CLASS_TEACHER,))

# Who keeps the roster.
KEEPERS = frozenset((roles.ADMINISTRATOR, roles.OFFICE, roles.ACADEMIC))
# Whoever may have to reach a family, whatever class the student is in.
CARING = roles.COMMAND | KEEPERS | {roles.PSYCHOLOGIST, roles.DOCTOR}

STUDENTS = RowRule(
	doctype="Student Profile",
	all_rows=CARING,
	clauses=(
		Clause(_OF_MY_CLASS, CLASS_TEACHER),
		Clause("{table}.school_class in (" + _MY_CLASSES + ")", MONITOR),
	),
	barred=_NOT_OF_CONCERN,
)
# For rows of a child table the host asks for the right on the student only; a monitor has that as well.
OF_CONTACT_PERSONS = RowRule(
	doctype="Student Profile",
	all_rows=CARING,
	clauses=(Clause(_OF_MY_CLASS, CLASS_TEACHER),),
	barred=_NOT_OF_CONCERN,
)
CLASSES = RowRule(
	doctype="School Class",
	all_rows=EVERYBODY_ELSE,
	clauses=(Clause("{table}.name in (" + _MY_CLASSES + ")", MONITOR),),
	writing=(Clause(_MY_CLASS_AS_TEACHER, CLASS_TEACHER),),
	all_written=KEEPERS,
)
student_query_conditions = STUDENTS.query_conditions
has_student_permission = STUDENTS.has_permission
class_query_conditions = CLASSES.query_conditions
has_class_permission = CLASSES.has_permission
