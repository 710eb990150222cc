"""Factories: one invented record each, with whatever it needs; keyword arguments overwrite fields."""

from typing import Any

import frappe
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.tests.utils import TEST_DOMAIN

PEOPLE = {
	"leader": roles.LEADER,
	"member": roles.MEMBER,
	"psychologist": roles.PSYCHOLOGIST,
	"psychologist2": roles.PSYCHOLOGIST,
	"class_teacher": roles.CLASS_TEACHER,
	"class_teacher2": roles.CLASS_TEACHER,
	"subject_teacher": roles.SUBJECT_TEACHER,
	"monitor": roles.MONITOR,
	"office": roles.OFFICE,
	"school_leader": roles.SCHOOL_LEADER,
	"doctor": roles.DOCTOR,
	"security": roles.SECURITY,
	"academic": roles.ACADEMIC,
	"administrator": roles.ADMINISTRATOR,
	"auditor": roles.AUDITOR,
}


def person(key: str) -> str:
	"""Return the user of a key of `PEOPLE`, made when he is not there yet.

	:param key: as `psychologist`, `class_teacher2`
	"""
	return make_user(f"{key.replace('_', '-')}@{TEST_DOMAIN}", PEOPLE[key])


def make_user(email: str, *role_names: str) -> str:
	"""Return an enabled user with exactly these roles."""
	if not frappe.db.exists("User", email):
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": email.split("@")[0],
				"enabled": 1,
				"user_type": "System User",
				"send_welcome_email": 0,
			}
		)
		user.flags.no_welcome_mail = True
		user.insert(ignore_permissions=True)
		user.add_roles(*role_names)
	return email


def make_school_class(**fields: Any) -> Any:
	"""Return a class with class teacher and psychology teacher."""
	values = {
		"doctype": "School Class",
		"title": f"高一（{frappe.generate_hash(length=4)}）班",
		"grade": "高一",
		"year": 2026,
		"class_teacher": person("class_teacher"),
		"psychology_teacher": person("psychologist"),
	}
	return frappe.get_doc({**values, **fields}).insert(ignore_permissions=True)


def make_student_profile(**fields: Any) -> Any:
	"""Return a student in a class of its own."""
	number = frappe.generate_hash(length=10)
	if "school_class" not in fields:
		fields["school_class"] = make_school_class().name
	values = {"doctype": "Student Profile", "student_name": "林一", "student_number": number}
	return frappe.get_doc({**values, **fields}).insert(ignore_permissions=True)


def make_warning_signal(**fields: Any) -> Any:
	"""Return a signal that is not urgent."""
	code = "T" + frappe.generate_hash(length=6).upper()
	values = {"doctype": "Warning Signal", "code": code, "label": code, "family": "Thoughts of Death"}
	return frappe.get_doc({**values, **fields}).insert(ignore_permissions=True)


def make_concern_category(**fields: Any) -> Any:
	"""Return a category."""
	code = "T" + frappe.generate_hash(length=6).upper()
	return frappe.get_doc({"doctype": "Concern Category", "code": code, "label": code, **fields}).insert(
		ignore_permissions=True
	)


def make_risk_level(**fields: Any) -> Any:
	"""Return a level of a severity that no other has."""
	code = "T" + frappe.generate_hash(length=6).upper()
	highest = max(frappe.get_all("Risk Level", pluck="severity") or [0])
	values = {"code": code, "label": code, "colour": "Red", "severity": highest + 1, "requires_registry": 1}
	return frappe.get_doc({"doctype": "Risk Level", "branch": "None", **values, **fields}).insert(
		ignore_permissions=True
	)


def make_warning_report(by: str | None = None, signals: tuple[str, ...] = ("S105",), **fields: Any) -> Any:
	"""Return a report filed by a person, a subject teacher by default.

	:param signals: codes of warning signals
	"""
	values = {
		"doctype": "Warning Report",
		"signals": [{"signal": code} for code in signals],
		"event_time": add_to_date(now_datetime(), minutes=-30),
		"description": "说不想活了",
	}
	if "student" not in fields:
		fields["student"] = make_student_profile().name
	return act_as(by or person("subject_teacher"), lambda: frappe.get_doc({**values, **fields}).insert())


def make_risk_assessment(by: str | None = None, level: str = "L3", submit: bool = True, **fields: Any) -> Any:
	"""Return an assessment by a person, a psychology teacher by default, submitted unless told otherwise."""
	values = {
		"doctype": "Risk Assessment",
		"level": level,
		"level_reasons": "近两周情绪低落，有消极言语，无计划。",
		"immediate_measures": "由班主任陪伴，当日告知家长。",
	}
	if "student" not in fields:
		fields["student"] = make_student_profile().name

	def act() -> Any:
		assessment = frappe.get_doc({**values, **fields}).insert()
		if submit:
			assessment.submit()
		return assessment

	return act_as(by or person("psychologist"), act)


def make_risk_assessment_clinical_record(assessment: Any = None, **fields: Any) -> Any:
	"""Return the clinical part of a draft assessment, written by its assessor."""
	assessment = assessment or make_risk_assessment(submit=False)
	values = {
		"doctype": "Risk Assessment Clinical Record",
		"risk_assessment": assessment.name,
		"ideation": "Wish to Be Dead",
	}
	return act_as(assessment.assessed_by, lambda: frappe.get_doc({**values, **fields}).insert())


def make_student_case(level: str = "L3", **fields: Any) -> Any:
	"""Return the case that a submitted assessment opened.

	:param fields: fields of the assessment
	"""
	return frappe.get_doc("Student Case", make_risk_assessment(level=level, **fields).student_case)


def make_case_feedback(assessment: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return the feedback of a submitted assessment."""
	assessment = assessment or make_risk_assessment()
	values = {
		"doctype": "Case Feedback",
		"risk_assessment": assessment.name,
		"summary": "已入库，请关注情绪变化。",
	}
	return act_as(by or assessment.assessed_by, lambda: frappe.get_doc({**values, **fields}).insert())


def name_of_concern(case: Any, user: str, by: str | None = None) -> Any:
	"""Name a user a person of concern of a case, by the team leader unless told otherwise."""

	def act() -> Any:
		stored = frappe.get_doc("Student Case", case.name)
		stored.append("persons_of_concern", {"user": user, "reason": "学生述说受到其言语伤害"})
		return stored.save()

	return act_as(by or person("leader"), act)


def name_in_report(report: Any, user: str, by: str | None = None, **fields: Any) -> Any:
	"""Name a user in a stored warning as suspected of the harm, by the team leader unless told otherwise."""

	def act() -> Any:
		stored = frappe.get_doc("Warning Report", report.name)
		stored.update({"suspected_harm": 1, "correction_reason": "学生述说受到伤害", **fields})
		stored.append("persons_of_concern", {"user": user})
		return stored.save()

	return act_as(by or person("leader"), act)


def act_as(user: str, action: Any) -> Any:
	before = frappe.session.user
	frappe.set_user(user)
	try:
		return action()
	finally:
		frappe.set_user(before)
