"""The conditions from which row rules are built; `{table}` and `{user}` are filled in by the rule."""

# The class of today decides, not the one a record was written under: a new class teacher takes over the view.
OWN_CLASS = (
	"{table}.student in (select `tabStudent Profile`.name from `tabStudent Profile`"
	" join `tabSchool Class` on `tabSchool Class`.name = `tabStudent Profile`.school_class"
	" where `tabSchool Class`.class_teacher = {user} or `tabSchool Class`.deputy_teacher = {user})"
)

# A class without psychology teacher belongs to all of them.
OWN_CLASS_AS_PSYCHOLOGIST = (
	"{table}.student in (select `tabStudent Profile`.name from `tabStudent Profile`"
	" left join `tabSchool Class` on `tabSchool Class`.name = `tabStudent Profile`.school_class"
	" where ifnull(`tabSchool Class`.psychology_teacher, '') in ('', {user}))"
)

OWN_CASE = "{table}.owner_user = {user} or {table}.deputy_user = {user}"

OF_OWN_CASE = (
	"{table}.student in (select `tabStudent Case`.student from `tabStudent Case`"
	" where `tabStudent Case`.owner_user = {user} or `tabStudent Case`.deputy_user = {user})"
)

OWN_REPORT = (
	"{table}.name in (select `tabWarning Report Observer`.warning_report from `tabWarning Report Observer`"
	" where `tabWarning Report Observer`.observer = {user})"
)

# Whoever must act on a record, or was reached by the ladder, can open it for as long as the duty is open.
_MINE = (
	"`tabDuty`.state in ('Open', 'Overdue') and (`tabDuty`.responsible = {user} or `tabDuty`.name in"
	" (select `tabDuty Log`.duty from `tabDuty Log` where `tabDuty Log`.recipient = {user}"
	" and `tabDuty Log`.step in ('Reminder', 'Escalation')))"
)
DUTY_ON_IT = "{table}.name in (select `tabDuty`.reference_name from `tabDuty` where " + _MINE + ")"
DUTY_ON_CASE = (
	DUTY_ON_IT + " or {table}.name in (select `tabDuty`.student_case from `tabDuty` where " + _MINE + ")"
)

DUTY_OF_ITS_CASE = (
	"{table}.student_case in (select `tabDuty`.student_case from `tabDuty` where " + _MINE + ")"
)

# Need to know: what a grant opens, until its date; `Case` never opens clinical text or reporters.
_GRANTS = (
	" from `tabAccess Grant` where `tabAccess Grant`.user = {user} and `tabAccess Grant`.state = 'Active'"
	" and `tabAccess Grant`.valid_from <= {now} and `tabAccess Grant`.valid_until > {now}"
)
_CASE_GRANTS = _GRANTS + " and `tabAccess Grant`.scope = 'Case'"
GRANTED_CASE = "{table}.name in (select `tabAccess Grant`.student_case" + _CASE_GRANTS + ")"
# For records with `student` and `student_case`: those of the granted case, and those of no case yet.
OF_GRANTED_CASE = (
	"{table}.student in (select `tabAccess Grant`.student" + _CASE_GRANTS + ")"
	" and (ifnull({table}.student_case, '') = ''"
	" or {table}.student_case in (select `tabAccess Grant`.student_case" + _CASE_GRANTS + "))"
)
# A grant of either scope opens the cards of its case.
GRANTED_CARD = "{table}.student_case in (select `tabAccess Grant`.student_case" + _GRANTS + ")"

# Persons of concern, named in a case or already in a warning: shut out of everything about the student,
# whatever their role. `concerns.NAMING` lists the same DocTypes.
_NAMED_IN = (
	"select `tab{0}`.student from `tab{0}`"
	" join `tabPerson Of Concern` on `tabPerson Of Concern`.parent = `tab{0}`.name"
	" and `tabPerson Of Concern`.parenttype = '{0}'"
	" where `tabPerson Of Concern`.user = {{user}} and `tabPerson Of Concern`.withdrawn = 0"
)
STUDENTS_OF_CONCERN = " union ".join(
	_NAMED_IN.format(doctype) for doctype in ("Student Case", "Warning Report")
)
NOT_OF_CONCERN = f"ifnull({{table}}.student, '') not in ({STUDENTS_OF_CONCERN})"

# The same for records that are about a class and not about one student.
OWN_CLASS_ROW = (
	"{table}.school_class in (select `tabSchool Class`.name from `tabSchool Class`"
	" where `tabSchool Class`.class_teacher = {user} or `tabSchool Class`.deputy_teacher = {user})"
)
OWN_CLASS_ROW_AS_PSYCHOLOGIST = (
	"{table}.school_class in (select `tabSchool Class`.name from `tabSchool Class`"
	" where ifnull(`tabSchool Class`.psychology_teacher, '') in ('', {user}))"
)
FILED_BY_ME = "{table}.filed_by = {user}"


def not_of_concern_among(child: str, key: str = "name") -> str:
	"""Return the condition that shuts a person of concern out of a record that names the student in a row.

	The whole record is closed, not the row: a document is handed out as one.

	:param child: DocType of the rows, with a field `student`
	:param key: field of the record that holds the parent of the rows, its own code by default
	"""
	rows = f"`tab{child}`"
	return (
		f"{{table}}.{key} not in (select {rows}.parent from {rows}"
		f" where {rows}.student in ({STUDENTS_OF_CONCERN}))"
	)
