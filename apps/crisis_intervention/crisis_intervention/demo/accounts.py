"""Staff of the demo school: one account to sign in with for every role, and the other teachers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils.password import update_password

from crisis_intervention.access import roles
from crisis_intervention.demo.names import full_name, generator

# Known to everybody who reads this: the demo school holds invented data only.
PASSWORD = "Demo-School-2026"
CLASSES = 30
SUBJECT_TEACHERS = 6


@dataclass(frozen=True)
class Account:
	"""A person of the demo school who can sign in."""

	email: str
	name: str
	roles: tuple[str, ...]
	note: str


ACCOUNTS = (
	Account("leader@example.com", "沈清和", (roles.LEADER,), "危机干预小组组长"),
	Account("deputy@example.com", "陆远舟", (roles.LEADER, roles.MEMBER), "副组长"),
	Account("member@example.com", "乔文岚", (roles.MEMBER, roles.SUBJECT_TEACHER), "小组成员"),
	Account("psychologist@example.com", "顾若溪", (roles.PSYCHOLOGIST,), "心理老师（七、八年级）"),
	Account("psychologist2@example.com", "江一鸣", (roles.PSYCHOLOGIST,), "心理老师（九年级、高一）"),
	Account("psychologist3@example.com", "苏晚晴", (roles.PSYCHOLOGIST,), "心理老师（高二、高三）"),
	Account(
		"teacher1@example.com", "何嘉树", (roles.CLASS_TEACHER, roles.SUBJECT_TEACHER), "七年级（1）班班主任"
	),
	Account("subject@example.com", "叶知秋", (roles.SUBJECT_TEACHER,), "任课老师"),
	Account("monitor@example.com", "宋小满", (roles.MONITOR,), "七年级（1）班心理委员（学生账号）"),
	Account("office@example.com", "方德明", (roles.OFFICE,), "德育处"),
	Account("principal@example.com", "秦守正", (roles.SCHOOL_LEADER,), "分管学生工作的校领导"),
	Account("doctor@example.com", "白若兰", (roles.DOCTOR,), "校医"),
	Account("security@example.com", "石磊", (roles.SECURITY,), "保卫处"),
	Account("academic@example.com", "纪书华", (roles.ACADEMIC,), "教务处"),
	Account("itadmin@example.com", "于敏", (roles.ADMINISTRATOR,), "系统管理（不看个案内容）"),
	Account("auditor@example.com", "鲁直", (roles.AUDITOR,), "审计（只看日志）"),
)

PSYCHOLOGISTS = ("psychologist@example.com", "psychologist2@example.com", "psychologist3@example.com")


def class_teacher_email(number: int) -> str:
	"""Return the account of the class teacher of a class, counted from one."""
	return f"teacher{number}@example.com"


def make_accounts() -> None:
	"""Make all users; those of `ACCOUNTS` can sign in."""
	importing, frappe.flags.in_import = frappe.flags.in_import, True
	try:
		for number, account in enumerate((*ACCOUNTS, *_further_teachers()), start=1):
			_make_user(account, extension=8000 + number)
	finally:
		frappe.flags.in_import = importing
	for account in ACCOUNTS:
		update_password(account.email, PASSWORD)


def as_text() -> str:
	"""Return the list of accounts as a table of text."""
	lines = [f"{account.email:<28}{account.note}（{account.name}）" for account in ACCOUNTS]
	return "\n".join((f"Demo accounts, all with the password {PASSWORD}:", *lines)) + "\n"


def _further_teachers() -> Iterator[Account]:
	random = generator("teachers")
	class_roles: Sequence[str] = (roles.CLASS_TEACHER, roles.SUBJECT_TEACHER)
	for number in range(2, CLASSES + 1):
		yield Account(class_teacher_email(number), full_name(random), tuple(class_roles), "")
	for number in range(2, SUBJECT_TEACHERS + 1):
		yield Account(f"subject{number}@example.com", full_name(random), (roles.SUBJECT_TEACHER,), "")


def _make_user(account: Account, extension: int) -> None:
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": account.email,
			"first_name": account.name,
			"enabled": 1,
			"user_type": "System User",
			"language": "zh",
			"phone": str(extension),
			"send_welcome_email": 0,
			"roles": [{"role": role} for role in account.roles],
		}
	)
	user.flags.no_welcome_mail = True
	user.insert()
