"""Opening psychological files: of every student of a screening, and the follow-up list (art. 11)."""

from typing import Any

import frappe

from crisis_intervention.early_warning.screening.consents import DECLINED, WITHDRAWN
from crisis_intervention.records.sheet_import import keep_part

IN_ONE_PART = 200
# What a person decided about a result and that puts the student on the list.
LISTED = frozenset(("Follow Up Together", "Assess"))


def ensure_file(student: str, opened_from: str = "Other", **values: Any) -> str:
	"""Return the code of a student's file, which is opened when there is none.

	:param student: code of the Student Profile
	:param opened_from: Screening, Assessment, Help Request or Other; kept when the file is opened
	:param values: further fields of a new file
	"""
	there = frappe.db.get_value("Psychological File", {"student": student})
	if there:
		return there
	file = frappe.get_doc(
		{"doctype": "Psychological File", "student": student, "opened_from": opened_from, **values}
	)
	# Whoever looks at results opens files of classes that are not his own.
	return file.insert(ignore_permissions=True).name


def follow(result: Any) -> None:
	"""Put a student on the follow-up list when a person decided so about a result.

	:param result: Screening Result that was saved
	"""
	if result.review_outcome not in LISTED or not result.has_value_changed("review_outcome"):
		return
	file = frappe.get_doc("Psychological File", ensure_file(result.student, "Screening", on_follow_up_list=1))
	if not file.on_follow_up_list:
		file.on_follow_up_list, file.correction_reason = 1, result.name
		# The decision was checked with the result; the file follows it.
		file.save(ignore_permissions=True)


def open_files_of(campaign: str) -> int:
	"""Open the files of all students of a campaign; a job, safe to run again.

	Who was absent gets one as well (a file for each, art. 11); who refused, or took the consent back, does
	not for the screening's sake.

	:returns: how many files were opened
	"""
	screened = frappe.get_all(
		"Screening Result", filters={"campaign": campaign, "blocked": 0}, pluck="student"
	)
	asked = frappe.get_all(
		"Screening Consent",
		filters={"campaign": campaign, "state": ["not in", (DECLINED, WITHDRAWN)]},
		pluck="student",
	)
	known = set(frappe.get_all("Psychological File", pluck="student"))
	missing = [student for student in dict.fromkeys((*screened, *asked)) if student not in known]
	for number, student in enumerate(missing, start=1):
		ensure_file(student, "Screening")
		if number % IN_ONE_PART == 0:
			# Thousands of files in one transaction would keep everybody else from writing.
			keep_part()
	return len(missing)
