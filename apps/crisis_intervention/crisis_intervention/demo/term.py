"""The weekly rhythm of a term: reports of class teachers and psychology teachers, barometers, class logs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import frappe
from frappe.utils import getdate, nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.crisis_plan.duties.tick import tick
from crisis_intervention.demo.accounts import PSYCHOLOGISTS, class_teacher_email
from crisis_intervention.demo.clock import at
from crisis_intervention.demo.names import generator
from crisis_intervention.demo.roster import students_of
from crisis_intervention.demo.school_life import live_week

WEEKS = 11
FRIDAY, HALF_MONTH = 4, 15
# One Friday of every month.
LOG_DAYS = range(22, 29)
# One report in so many is late, and one is missing altogether.
LATE_ONE_IN, MISSING_ONE_IN = 25, 60
# One class in so many has something to tell in a week.
NEWS_ONE_IN = 9
# The monitor of this class has had nothing but sunshine to report.
ALWAYS_CALM = 7

CHANGES = (
	("上课走神，作业连续三天未交。", "课间谈话，请课代表结伴完成作业。"),
	("与同桌争吵后情绪低落。", "分别谈话，调整座位。"),
	("周一请病假，自述睡不好。", "与家长电话沟通，提醒早睡。"),
	("月考后自责，说对不起父母。", "肯定努力，约心理老师聊一次。"),
	("家里老人病重，常发呆。", "安排同学陪伴，减少值日。"),
	("手机被收后整晚不说话。", "与家长一起谈话，商定使用时间。"),
)
LOGS = (
	("班会上两名同学当众争执，已劝开。", "班主任分别谈话，一周内再看。"),
	("体育课后一名同学独自哭泣，说想家。", "心理委员陪同，晚自习前再谈。"),
	("群聊里有人发告别类图片，核实为歌词。", "主题班会讲网络表达。"),
)


def live_through(classes: list[str], go_to: Callable[[datetime], None]) -> None:
	"""Enter the periodic reports of the term up to today, week by week.

	:param classes: codes of the classes in the order of the school
	:param go_to: sets the clock
	"""
	random = generator("term")
	today = getdate(nowdate())
	for week, monday in enumerate(weeks_before(today)):
		go_to(at(monday, "07:30"))
		frappe.set_user("Administrator")
		raise_recurring()
		_report_week(classes, monday, week, random, go_to, today)
		live_week(week, monday, classes, go_to)
		go_to(at(monday + timedelta(days=6), "20:00"))
		frappe.set_user("Administrator")
		tick()


def weeks_before(today: date) -> list[date]:
	"""Return the Mondays of the last completed weeks, the oldest first."""
	this_monday = today - timedelta(days=today.weekday())
	return [this_monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]


def _report_week(
	classes: list[str],
	monday: date,
	week: int,
	random: Random,
	go_to: Callable[[datetime], None],
	today: date,
) -> None:
	friday = monday + timedelta(days=FRIDAY)
	# Whoever looks around files the running period's reports of the first class with one tap.
	first_barometer = int(_half_month(friday) == _half_month(today))
	first_log = int((friday.year, friday.month) == (today.year, today.month))
	if week == 0 or _is_first_of_half_month(friday):
		go_to(at(friday, "11:40"))
		_file_barometers(classes, random, first_barometer)
	go_to(at(friday, "15:20"))
	late = [number for number in range(len(classes)) if not _file_class_report(classes, number, random)]
	for teacher in PSYCHOLOGISTS:
		_file(teacher, {"doctype": "Psychology Weekly Report", "period_start": friday, "zero_report": 1})
	if friday.day in LOG_DAYS:
		_write_logs(classes, random, first_log)
	go_to(at(friday + timedelta(days=1), "09:10"))
	for number in late:
		if random.randrange(MISSING_ONE_IN) > MISSING_ONE_IN // 2:
			_file_class_report(classes, number, random, friday, hurry=True)


def _is_first_of_half_month(friday: date) -> bool:
	return _half_month(friday - timedelta(days=7)) != _half_month(friday)


def _half_month(day: date) -> tuple[int, int, bool]:
	return day.year, day.month, day.day > HALF_MONTH


def _file_class_report(
	classes: list[str], number: int, random: Random, day: date | None = None, hurry: bool = False
) -> bool:
	"""File the report of a class, unless its teacher forgot; says whether it was filed."""
	if not hurry and random.randrange(LATE_ONE_IN) == 0:
		return False
	report: dict[str, Any] = {
		"doctype": "Class Weekly Report",
		"school_class": classes[number],
		"period_start": day or nowdate(),
	}
	if random.randrange(NEWS_ONE_IN):
		report["zero_report"] = 1
	else:
		change, done = random.choice(CHANGES)
		student = students_of(classes[number], 40)[random.randrange(8, 40)]
		report["entries"] = [{"student": student, "change": change, "done": done}]
	_file(class_teacher_email(number + 1), report)
	return True


def _file_barometers(classes: list[str], random: Random, first: int) -> None:
	for number, school_class in list(enumerate(classes))[first:]:
		weather = (
			"Sunny" if number == ALWAYS_CALM else random.choices(("Sunny", "Cloudy", "Rain"), (60, 33, 7))[0]
		)
		writer = "monitor@example.com" if number == 0 else _psychologist_of(number)
		_file(
			writer,
			{
				"doctype": "Class Barometer",
				"school_class": school_class,
				"weather": weather,
				"handed_in_by": None if number == 0 else students_of(school_class, 1)[0],
			},
		)


def _write_logs(classes: list[str], random: Random, first: int) -> None:
	for number, school_class in list(enumerate(classes))[first:]:
		log: dict[str, Any] = {"doctype": "Class Log", "school_class": school_class}
		if random.randrange(4):
			log["zero_report"] = 1
		else:
			log["what"], log["follow_up"] = random.choice(LOGS)
		_file(class_teacher_email(number + 1), log)


def _psychologist_of(number: int) -> str:
	return PSYCHOLOGISTS[number // 10]


def _file(user: str, values: dict[str, Any]) -> Any:
	frappe.set_user(user)
	return frappe.get_doc(values).insert()
