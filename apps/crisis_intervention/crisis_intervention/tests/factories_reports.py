"""Factories of the periodic reports: one invented report each, filed by the person of its class."""

from typing import Any

import frappe
from frappe.utils import nowdate

from crisis_intervention.tests.factories import make_school_class, make_student_profile, person


def make_class_with_monitor(**fields: Any) -> Any:
	"""Return a class whose psychology monitor is in office."""
	monitors = [{"user": person("monitor"), "from_date": "2026-01-01"}]
	return make_school_class(**{"monitors": monitors, **fields})


def make_class_weekly_report(by: str | None = None, **fields: Any) -> Any:
	"""Return a class teacher's report with one student of note, of a class of its own."""
	if "school_class" not in fields:
		fields["school_class"] = make_school_class().name
	if not fields.get("zero_report") and "entries" not in fields:
		student = make_student_profile(school_class=fields["school_class"]).name
		fields["entries"] = [{"student": student, "change": "近来上课走神", "done": "课后谈话一次"}]
	return _insert(by or person("class_teacher"), {"doctype": "Class Weekly Report", **fields})


def make_psychology_weekly_report(by: str | None = None, **fields: Any) -> Any:
	"""Return a psychology teacher's report with one student of note."""
	if not fields.get("zero_report") and "entries" not in fields:
		student = make_student_profile().name
		fields["entries"] = [{"student": student, "change": "情绪较上周稳定", "done": "辅导一次"}]
	return _insert(by or person("psychologist"), {"doctype": "Psychology Weekly Report", **fields})


def make_class_log(by: str | None = None, **fields: Any) -> Any:
	"""Return an entry of the log of a class of its own."""
	if "school_class" not in fields:
		fields["school_class"] = make_school_class().name
	if not fields.get("zero_report"):
		fields = {"what": "两名学生争吵后情绪低落", **fields}
	return _insert(by or person("class_teacher"), {"doctype": "Class Log", **fields})


def make_class_barometer(by: str | None = None, **fields: Any) -> Any:
	"""Return a sunny barometer of the monitor of a class of its own."""
	if "school_class" not in fields:
		fields["school_class"] = make_class_with_monitor().name
	return _insert(by or person("monitor"), {"doctype": "Class Barometer", "weather": "Sunny", **fields})


def make_staff_absence(user: str, substitute: str) -> Any:
	"""Return an absence of today with a substitute."""
	return frappe.get_doc(
		{
			"doctype": "Staff Absence",
			"user": user,
			"substitute": substitute,
			"from_time": f"{nowdate()} 00:00:00",
			"to_time": f"{nowdate()} 23:59:59",
		}
	).insert(ignore_permissions=True)


def _insert(user: str, values: dict[str, Any]) -> Any:
	before = frappe.session.user
	frappe.set_user(user)
	try:
		return frappe.get_doc(values).insert()
	finally:
		frappe.set_user(before)
