"""Classes and students of the demo school: grades seven to twelve, thirty classes, 1,200 students."""

from random import Random
from typing import Any

import frappe
from frappe.utils import now

from crisis_intervention.demo.accounts import PSYCHOLOGISTS, class_teacher_email
from crisis_intervention.demo.names import codes, full_name, generator

GRADES = ("七年级", "八年级", "九年级", "高一", "高二", "高三")
CLASSES_PER_GRADE, STUDENTS_PER_CLASS = 5, 40
YEAR = 2026
HOST_FIELDS = ("name", "owner", "modified_by", "creation", "modified", "docstatus", "idx")
STUDENT_FIELDS = (
	"student_name",
	"student_number",
	"school_class",
	"status",
	"gender",
	"birth_date",
	"lives_in",
	"dormitory",
	"special_group",
)
CONTACT_FIELDS = (
	"parent",
	"parenttype",
	"parentfield",
	"person_name",
	"relation",
	"phone",
	"contact_order",
	"custody",
	"entrusted_carer",
	"reachable_when",
)


def make_classes() -> list[str]:
	"""Make the classes with their teachers and return their codes in the order of the school."""
	made = []
	for position in range(len(GRADES) * CLASSES_PER_GRADE):
		grade, number = divmod(position, CLASSES_PER_GRADE)
		doc = frappe.get_doc(
			{
				"doctype": "School Class",
				"title": f"{GRADES[grade]}（{number + 1}）班",
				"grade": GRADES[grade],
				"year": YEAR,
				"class_teacher": class_teacher_email(position + 1),
				"psychology_teacher": PSYCHOLOGISTS[grade // 2],
				"monitors": _first_monitor() if position == 0 else [],
			}
		)
		made.append(doc.insert().name)
	return made


def make_students(classes: list[str]) -> None:
	"""Make the students and their contact persons, in bulk because a school has many.

	:param classes: codes of the classes
	"""
	random = generator("students")
	number = len(classes) * STUDENTS_PER_CLASS
	names = codes(random, "ST", 7, number)
	students, contacts = [], []
	for position, name in enumerate(names):
		school_class = classes[position // STUDENTS_PER_CLASS]
		student = _student(random, position, school_class)
		students.append((*_host_values(name), *student))
		contacts.extend(_contacts(random, name, student[0][0], student[-1]))
	frappe.db.bulk_insert("Student Profile", (*HOST_FIELDS, *STUDENT_FIELDS), students)
	frappe.db.bulk_insert("Student Contact Person", (*HOST_FIELDS, *CONTACT_FIELDS), contacts)


def students_of(school_class: str, number: int) -> list[str]:
	"""Return the first students of a class, by student number."""
	return frappe.get_all(
		"Student Profile",
		filters={"school_class": school_class},
		pluck="name",
		order_by="student_number asc",
		limit=number,
	)


def appoint_monitors(classes: list[str]) -> None:
	"""Appoint a student of each class psychology monitor; the first class has one with an account already.

	:param classes: codes of the classes
	"""
	for school_class in classes[1:]:
		doc = frappe.get_doc("School Class", school_class)
		doc.append("monitors", {"student": students_of(school_class, 1)[0], "from_date": f"{YEAR}-09-07"})
		doc.save()


def _first_monitor() -> list[dict[str, Any]]:
	return [{"user": "monitor@example.com", "from_date": f"{YEAR}-09-07"}]


def _host_values(name: str, idx: int = 0) -> tuple[Any, ...]:
	moment = now()
	return (name, "Administrator", "Administrator", moment, moment, 0, idx)


def _student(random: Random, position: int, school_class: str) -> tuple[Any, ...]:
	grade = position // (CLASSES_PER_GRADE * STUDENTS_PER_CLASS)
	lives_in = random.choices(("At Home", "In Dormitory", "With Relatives"), (60, 32, 8))[0]
	dormitory = (
		f"{random.randint(1, 6)}号楼{random.randint(101, 620)}" if lives_in == "In Dormitory" else None
	)
	born = f"{YEAR - 12 - grade}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
	group = random.choices(("", "Left Behind", "Single Parent", "Hardship", "Disability"), (82, 6, 7, 4, 1))[
		0
	]
	return (
		full_name(random),
		f"{YEAR - grade}{position + 1:05}",
		school_class,
		"Enrolled",
		random.choice(("Female", "Male")),
		born,
		lives_in,
		dormitory,
		group,
	)


def _contacts(random: Random, student: str, surname: str, group: str) -> list[tuple[Any, ...]]:
	"""Father and mother, or one of them; grandparents where the parents are away."""
	relations = ["Father", "Mother"]
	if group == "Single Parent":
		relations = [random.choice(relations)]
	if group == "Left Behind":
		relations.append("Grandparent")
	return [
		(
			*_host_values(f"{student}-{order}".lower(), order),
			student,
			"Student Profile",
			"contact_persons",
			surname + full_name(random)[1:],
			relation,
			f"1390000{random.randint(0, 9999):04}",
			order,
			int(relation != "Grandparent"),
			int(relation == "Grandparent"),
			random.choice(("随时", "工作日 18:00 后", "午休时间")),
		)
		for order, relation in enumerate(relations, 1)
	]
