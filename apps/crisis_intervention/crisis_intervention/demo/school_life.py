"""What else a school does in a term: on-call slots, receipts, awareness, the screening of new students."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import frappe

from crisis_intervention.demo.clock import at
from crisis_intervention.demo.names import generator
from crisis_intervention.demo.team import put_on_call
from crisis_intervention.early_warning.screening.api import record_class_consent

LEADER, OFFICE, PRINCIPAL = "leader@example.com", "office@example.com", "principal@example.com"
PSYCHOLOGIST = "psychologist@example.com"
# Classes of the lowest grade: their students are new and screened every year (art. 11).
NEW_CLASSES = 5
SCREENED_IN, CLOSED_IN = 3, 5
AWARENESS = (
	(2, "珍爱生命主题班会", "Class Meeting", ()),
	(6, "考前压力与睡眠讲座", "Lecture", (25, 30)),
	(9, "认识情绪心理课", "Psychology Lesson", (0, 15)),
)
# A report of the leader's unread pile in so many stays unread.
UNREAD_ONE_IN = 12
MONTH = 4


def live_week(week: int, monday: date, classes: list[str], go_to: Callable[[datetime], None]) -> None:
	"""Do what falls into a week of the term.

	:param week: counted from zero
	:param classes: codes of the classes in the order of the school
	:param go_to: sets the clock
	"""
	random = generator(f"life-{week}")
	go_to(at(monday, "16:10"))
	_read_reports(random)
	go_to(at(monday + timedelta(days=3), "15:40"))
	_put_on_call(monday + timedelta(days=7))
	_hold_activities(week, classes)
	if week == 1:
		_confirm_team()
	if week == SCREENED_IN:
		_screen(classes[:NEW_CLASSES], random)
	if week == CLOSED_IN:
		_close_screening()
	if week % MONTH == MONTH - 1:
		_review_duties(monday)


def _read_reports(random: Random) -> None:
	frappe.set_user(LEADER)
	unread = {"students_of_note": [">", 0], "acknowledged_at": ["is", "not set"]}
	for name in frappe.get_all("Class Weekly Report", filters=unread, pluck="name"):
		if random.randrange(UNREAD_ONE_IN):
			frappe.get_doc("Class Weekly Report", name).mark_read()


def _put_on_call(monday: date) -> None:
	frappe.set_user(OFFICE)
	put_on_call(at(monday, "00:00").replace(microsecond=0))


def _hold_activities(week: int, classes: list[str]) -> None:
	frappe.set_user(PSYCHOLOGIST)
	for held_in, title, kind, part in AWARENESS:
		if held_in == week:
			chosen = [{"school_class": name} for name in classes[slice(*part)]] if part else []
			_insert(
				"Awareness Activity",
				title=title,
				kind=kind,
				classes=chosen,
				whole_school=int(not part),
				participants=40 * (len(chosen) or len(classes)),
			)


def _confirm_team() -> None:
	frappe.set_user(PRINCIPAL)
	frappe.get_doc("Crisis Team", {"enabled": 1}).check()


def _screen(classes: list[str], random: Random) -> None:
	"""Screen the new students: consent, a few who decline, scores, a critical item."""
	frappe.set_user(PSYCHOLOGIST)
	campaign = _insert(
		"Screening Campaign",
		title="七年级新生心理普查",
		instrument="MHT",
		responsible_teacher=PSYCHOLOGIST,
		classes=[{"school_class": name} for name in classes],
	)
	campaign.open_campaign()
	_decline(campaign.name, random)
	for name in classes:
		record_class_consent(campaign.name, name)
	_enter_scores(campaign.name, random)


def _decline(campaign: str, random: Random) -> None:
	rows = frappe.get_all("Screening Consent", {"campaign": campaign}, pluck="name", order_by="name")
	for name in random.sample(rows, 4):
		consent = frappe.get_doc("Screening Consent", name)
		consent.guardian_answer, consent.how = "Declined", "On Paper"
		consent.save()


def _enter_scores(campaign: str, random: Random) -> None:
	consents = frappe.get_all(
		"Screening Consent",
		filters={"campaign": campaign, "state": "Given"},
		pluck="student",
		order_by="student",
	)
	absent, critical = set(random.sample(consents, 7)), consents[11]
	for student in consents:
		if student in absent:
			continue
		result = _insert(
			"Screening Result",
			campaign=campaign,
			student=student,
			score=min(100, max(0, round(random.gauss(38, 14)))),
			critical_item=int(student == critical),
		)
		if result.flagged or result.critical_item:
			result.review_outcome = "Assess" if result.critical_item else "Talk With the Student"
			result.review_note, result.talked_at = "已当面了解情况。", result.creation
			result.save()
			if result.critical_item:
				_look_after(result)


def _look_after(result: Any) -> None:
	"""A critical item is answered by a person the same day (art. 11)."""
	assessment = _insert(
		"Risk Assessment",
		student=result.student,
		level="L0",
		level_reasons="当面了解，为误选；情绪平稳，支持良好。",
		immediate_measures="告知求助途径，两周后再看。",
		confidentiality_told="Explained and Understood",
	)
	assessment.submit()
	file = frappe.get_doc("Psychological File", {"student": result.student})
	file.follow_up, file.correction_reason = "每两周聊一次，班主任关注作息。", result.name
	file.save()


def _close_screening() -> None:
	frappe.set_user(PSYCHOLOGIST)
	campaign = frappe.get_doc("Screening Campaign", {"status": "Running"})
	campaign.close_campaign("缺测学生由心理老师逐一约谈补测。")


def _review_duties(monday: date) -> None:
	frappe.set_user(PRINCIPAL)
	_insert(
		"Accountability Review",
		from_date=monday - timedelta(days=28),
		to_date=monday,
		conclusion="迟报集中在月考周，已提醒年级组；无需追究个人。",
	)


def _insert(doctype: str, **values: Any) -> Any:
	return frappe.get_doc({"doctype": doctype, **values}).insert()
