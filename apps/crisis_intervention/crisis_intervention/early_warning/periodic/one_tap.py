"""What the desk asks for periodic reports: what waits for me, and the report in one tap; all checks lie in
the controllers.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import format_datetime, get_fullname, getdate

from crisis_intervention.early_warning.periodic import people
from crisis_intervention.early_warning.periodic.periods import (
	BAROMETER,
	CLASS_LOG,
	CLASS_WEEK,
	PSYCHOLOGY_WEEK,
	reporting_period,
	rule_for,
)

# What stands in a report that has nothing to report.
NOTHING: dict[str, dict[str, Any]] = {
	CLASS_WEEK: {"zero_report": 1},
	PSYCHOLOGY_WEEK: {"zero_report": 1},
	CLASS_LOG: {"zero_report": 1},
	BAROMETER: {"weather": "Sunny"},
}
SUBJECT = {PSYCHOLOGY_WEEK: ("User", "psychology_teacher")}
CLASS = ("School Class", "school_class")


@frappe.whitelist(methods=["POST"])
def nothing_to_report(doctype: str, subject: str, day: str | None = None) -> dict[str, str]:
	"""File a report without news, in one tap (art. 12, 22, 26).

	:param doctype: kind of report
	:param subject: code of the class, or the psychology teacher
	:param day: any day of the period, today by default
	:returns: `name` of the report and `message` for the screen
	:raises frappe.ValidationError: for another DocType, or when the period was reported before
	:raises frappe.PermissionError: for who does not report on this class or person
	"""
	_check_kind(doctype)
	values = {"doctype": doctype, SUBJECT.get(doctype, CLASS)[1]: subject, **NOTHING[doctype]}
	values["event_time" if doctype == CLASS_LOG else "period_start"] = day
	report = frappe.get_doc(values).insert()
	days = f"{report.period_start:%m-%d} – {report.period_end:%m-%d}"
	message = _("Filed: {0}, {1}. Nothing to report.").format(title_of(doctype, subject), days)
	return {"name": report.name, "message": message}


@frappe.whitelist()
def waiting(doctype: str) -> list[dict[str, Any]]:
	"""List what the user reports on, and whether the current period is filed.

	:param doctype: kind of report
	:returns: rows with `subject`, `title`, `period`, `filed`, and as `state` who filed when
	"""
	_check_kind(doctype)
	return [_row(doctype, subject) for subject in subjects(doctype)]


@frappe.whitelist()
def report_of_duty(duty: str) -> dict[str, Any] | None:
	"""Return which report a duty asks for, or None when it asks for something else.

	:param duty: code of a duty that the user may read
	:returns: `doctype`, `subject`, a `day` of the period, and `values` for a new form
	"""
	doc = frappe.get_doc("Duty", duty)
	doc.check_permission("read")
	doctype = next((kind for kind in NOTHING if (rule := rule_for(kind)) and rule.name == doc.rule), None)
	if not doctype or not frappe.has_permission(doctype, "create"):
		return None
	kind, field = SUBJECT.get(doctype, CLASS)
	subject = doc.reference_name if kind == "User" else doc.school_class
	# A duty arises in the period that it is about.
	day = str(getdate(doc.raised_at))
	values = {field: subject} if doctype == CLASS_LOG else {field: subject, "period_start": day}
	return {"doctype": doctype, "subject": subject, "day": day, "values": values}


def subjects(doctype: str) -> list[str]:
	"""List the classes or persons on which the user files a kind of report."""
	user = frappe.session.user
	if doctype == PSYCHOLOGY_WEEK:
		return people.psychologists_reported_by(user, doctype)
	if doctype == BAROMETER:
		return people.classes_of_monitor(user)
	return people.classes_of_teacher(user, doctype)


def title_of(doctype: str, subject: str) -> str:
	"""Return what people call a class or person."""
	if doctype in SUBJECT:
		return get_fullname(subject)
	return frappe.db.get_value("School Class", subject, "title") or subject


def _row(doctype: str, subject: str) -> dict[str, Any]:
	kind, field = SUBJECT.get(doctype, CLASS)
	period = reporting_period(doctype, frappe.get_cached_doc(kind, subject), getdate())
	filters = {field: subject, "period": period.key}
	if doctype == BAROMETER:
		filters["filed_by"] = frappe.session.user
	# Who filed for the own class and when, nothing of what was reported: a colleague's filing counts too.
	filed = frappe.db.get_value(doctype, filters, ["filed_by", "entry_time"], as_dict=True)
	state = (
		_("Filed by {0} on {1}").format(get_fullname(filed.filed_by), format_datetime(filed.entry_time))
		if filed
		else ""
	)
	return {
		"subject": subject,
		"title": title_of(doctype, subject),
		"period": period.key,
		"filed": bool(filed),
		"state": state,
	}


def _check_kind(doctype: str) -> None:
	if doctype not in NOTHING:
		frappe.throw(_("This is no periodic report."))
	frappe.has_permission(doctype, "create", throw=True)
