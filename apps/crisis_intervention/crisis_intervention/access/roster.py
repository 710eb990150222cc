"""Rows of the roster: staff see the school, a class monitor the own class."""

from crisis_intervention.access import roles
from crisis_intervention.access.rows import Clause, RowRule

_MY_CLASSES = (
	"select `tabSchool Class Monitor`.parent from `tabSchool Class Monitor`"
	" where `tabSchool Class Monitor`.user = {user}"
	" and ifnull(`tabSchool Class Monitor`.from_date, '1900-01-01') <= {today}"
	" and ifnull(`tabSchool Class Monitor`.to_date, '9999-12-31') >= {today}"
)
EVERYBODY_ELSE = frozenset((*roles.STAFF, roles.ADMINISTRATOR))
MONITOR = frozenset((roles.MONITOR,))

STUDENTS = RowRule(
	doctype="Student Profile",
	all_rows=EVERYBODY_ELSE,
	clauses=(Clause("{table}.school_class in (" + _MY_CLASSES + ")", MONITOR),),
)
CLASSES = RowRule(
	doctype="School Class",
	all_rows=EVERYBODY_ELSE,
	clauses=(Clause("{table}.name in (" + _MY_CLASSES + ")", MONITOR),),
)
student_query_conditions = STUDENTS.query_conditions
has_student_permission = STUDENTS.has_permission
class_query_conditions = CLASSES.query_conditions
has_class_permission = CLASSES.has_permission
