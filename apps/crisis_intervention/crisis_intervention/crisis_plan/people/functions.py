"""The functions of the plan, and the roles that stand behind them when nobody is named."""

TEAM_LEADER, DEPUTY_LEADER, TEAM_MEMBER = "Team Leader", "Deputy Leader", "Team Member"
PSYCHOLOGY_TEACHER, CLASS_TEACHER, CASE_MANAGER = "Psychology Teacher", "Class Teacher", "Case Manager"
SCHOOL_DOCTOR, SECURITY_OFFICER = "School Doctor", "Security Officer"
MORAL_EDUCATION, ACADEMIC_AFFAIRS, SCHOOL_LEADER = (
	"Moral Education Office",
	"Academic Affairs",
	"School Leader",
)
CLASS_MONITOR, REPORTER, RESPONSIBLE_PERSON = "Class Monitor", "Reporter", "Responsible Person"
# Whom the document itself names, as the person who is asked to take a case.
NAMED_PERSON = "Named Person"

# Functions that a unit or the team fills, as Crisis Team Member, Crisis Unit and On-call Roster name them.
STANDING = (
	TEAM_LEADER,
	DEPUTY_LEADER,
	TEAM_MEMBER,
	PSYCHOLOGY_TEACHER,
	CLASS_TEACHER,
	CASE_MANAGER,
	SCHOOL_DOCTOR,
	SECURITY_OFFICER,
	MORAL_EDUCATION,
	ACADEMIC_AFFAIRS,
	SCHOOL_LEADER,
)

ROLE_OF = {
	TEAM_LEADER: "Crisis Team Leader",
	DEPUTY_LEADER: "Crisis Team Leader",
	TEAM_MEMBER: "Crisis Team Member",
	PSYCHOLOGY_TEACHER: "Psychology Teacher",
	CASE_MANAGER: "Psychology Teacher",
	SCHOOL_DOCTOR: "School Doctor",
	SECURITY_OFFICER: "Security Officer",
	MORAL_EDUCATION: "Moral Education Officer",
	ACADEMIC_AFFAIRS: "Academic Affairs",
	SCHOOL_LEADER: "School Leader",
}

# Who is asked when a function has nobody: up the line of command of art. 1 and 7.
INSTEAD_OF = {
	CASE_MANAGER: (PSYCHOLOGY_TEACHER,),
	CLASS_TEACHER: (),
	# A student without an account hands the barometer in on paper; the psychology teacher enters it.
	CLASS_MONITOR: (PSYCHOLOGY_TEACHER,),
	TEAM_LEADER: (DEPUTY_LEADER, SCHOOL_LEADER),
	DEPUTY_LEADER: (TEAM_LEADER,),
	TEAM_MEMBER: (DEPUTY_LEADER, TEAM_LEADER),
}
