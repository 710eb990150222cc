"""The main job in a real browser: a report is filed, its duty acknowledged, the student assessed."""

from collections import Counter

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

TEACHER = "subject@example.com"
PSYCHOLOGIST = "psychologist@example.com"
OFFICE = "office@example.com"


def student_of(school, psychologist=PSYCHOLOGIST):
	"""Return a student without a report whose class this psychology teacher looks after."""
	import frappe

	with school.connected():
		reported = set(frappe.get_all("Warning Report", pluck="student"))
		classes = frappe.get_all("School Class", {"psychology_teacher": psychologist}, pluck="name")
		students = frappe.get_all("Student Profile", fields=["name", "student_name", "school_class"])
	names = Counter(student.student_name for student in students)
	return next(
		student
		for student in students
		if student.school_class in classes
		and student.name not in reported
		and names[student.student_name] == 1
	)


def choose(browser, fieldname, typed):
	"""Search in a link field and take the first hit."""
	browser.find(f"[data-fieldname={fieldname}] input").click()
	browser.find(f"[data-fieldname={fieldname}] input").type(typed)
	browser.find(".combo-list [role=option]:not(.action)", typed).click()


def file_report(browser, student):
	browser.open("/app/warning-report/new")
	choose(browser, "student", student.student_name)
	browser.find(".choice", "情绪异常低落").click()
	browser.find("[data-fieldname=description] textarea").fill("上课时伏案不语,问话不答。")
	browser.find("[data-action=primary]").click()
	browser.wait(lambda: "/app/warning-report/WR-" in browser.path, "the saved report", 15)
	return browser.path.rsplit("/", 1)[1]


def test_a_subject_teacher_files_a_report_on_a_phone(school, sign_in):
	browser = sign_in(TEACHER, phone=True)
	name = file_report(browser, student_of(school))
	assert browser.run("return document.documentElement.scrollWidth") <= 390, "nothing sticks out sideways"
	import frappe

	with school.connected():
		report = frappe.get_doc("Warning Report", name)
	assert [row.signal for row in report.signals], "the ticked signal is saved"
	assert report.event_time and report.entry_time
	assert browser.errors() == []


def test_touch_targets_on_a_phone_are_large_enough(sign_in):
	browser = sign_in(TEACHER, phone=True)
	browser.open("/app/warning-report/new")
	browser.find(".choice")
	small = browser.run(
		"""
		return [...document.querySelectorAll(arguments[0])]
			.filter((element) => element.getClientRects().length)
			.filter((element) => element.getBoundingClientRect().height < 44)
			.map((element) => element.outerHTML.slice(0, 120))
		""",
		"main button, main select, main input:not([type=checkbox]), .sticky-action button",
	)
	assert small == []


def test_missing_entries_stand_at_the_field_and_in_a_summary_that_jumps(sign_in):
	browser = sign_in(TEACHER, phone=True)
	browser.open("/app/warning-report/new")
	browser.find(".choice")
	browser.find("[data-action=primary]").click()
	line = browser.find(".errors button")
	field = browser.find("[data-fieldname=student] input")
	assert field.attribute("aria-invalid") == "true"
	line.click()
	focused = "return document.activeElement.closest('[data-fieldname]')?.dataset.fieldname"
	browser.wait(lambda: browser.run(focused) == "student", "focus in the student field")
	assert "/new-warning-report" in browser.path


def test_the_window_title_carries_a_code_and_no_name(school, sign_in):
	student = student_of(school)
	browser = sign_in(TEACHER)
	name = file_report(browser, student)
	browser.wait(lambda: name in browser.title, "the code in the title")
	assert student.student_name not in browser.title
	assert student.student_name not in browser.path


def test_the_psychology_teacher_acknowledges_the_duty_and_assesses(school, sign_in):
	student = student_of(school)
	teacher = sign_in(TEACHER, phone=True)
	report = file_report(teacher, student)
	browser = sign_in(PSYCHOLOGIST)
	duty = duty_of(school, report, "Acknowledge")
	browser.open(f"/app/duty/{duty}")
	browser.find(".form-actions button", "确认收到").click()
	browser.wait(lambda: duty_state(school, duty) == "Done", "the duty is done")
	browser.open(f"/app/risk-assessment/new?warning_report={report}&student={student.name}")
	choose(browser, "level", "三级")
	browser.find("[data-fieldname=level_reasons] textarea").fill("近两周持续低落,无自伤念头,家庭支持尚可。")
	browser.find("[data-action=primary]").click()
	browser.wait(lambda: "/risk-assessment/new" not in browser.path, "the saved assessment", 15)
	browser.find("[data-action=primary]", "提交").click()
	browser.find("[role=dialog] .btn-primary").click()
	browser.wait(lambda: case_of(school, student.name), "the case in the registry", 15)
	assert student.student_name not in case_of(school, student.name)


def test_a_workflow_action_moves_the_case(school, sign_in):
	import frappe

	with school.connected():
		case = frappe.get_all("Student Case", {"workflow_state": "Entry Opened"}, pluck="name")[0]
	browser = sign_in(OFFICE)
	browser.open(f"/app/student-case/{case}")
	browser.find("[data-action=primary]").click()
	browser.find("[role=dialog] .modal-foot .btn:last-child").click()

	def state():
		with school.connected():
			return frappe.db.get_value("Student Case", case, "workflow_state")

	browser.wait(lambda: state() == "In Registry", "the case in the registry")
	browser.find(".timeline .event.workflow")


def test_filters_narrow_the_list_and_are_removable_chips(sign_in):
	browser = sign_in(PSYCHOLOGIST)
	browser.open("/app/duty")
	browser.find("tr[data-row]")
	before = len(browser.all("tr[data-row]"))
	browser.run(
		"const s = document.querySelector('[data-filter=kind] select'); s.value = arguments[0];"
		"s.dispatchEvent(new Event('change', {bubbles: true}))",
		"Assess",
	)
	browser.wait(lambda: 0 < len(browser.all("tr[data-row]")) < before, "fewer rows")
	assert "kind=Assess" in browser.path
	browser.find(".filter-chips .chip button").click()
	browser.wait(lambda: not browser.all(".filter-chips .chip"), "no chip left")


def test_the_search_opens_a_list_by_keyboard(sign_in):
	browser = sign_in(PSYCHOLOGIST)
	browser.find(".top-search")
	browser.press("control", "k")
	browser.find("[role=dialog] input").type("职责")
	browser.find("[role=option][aria-selected=true]", "职责")
	browser.press("enter")
	browser.wait(lambda: browser.path.startswith("/app/duty"), "the list of duties")


def test_what_one_may_not_see_is_refused_in_words(school, sign_in):
	import frappe

	with school.connected():
		case = frappe.get_all("Student Case", pluck="name")[0]
	browser = sign_in(TEACHER)
	browser.open(f"/app/student-case/{case}")
	browser.find(".empty-state", "没有查看权限")


def test_a_wrong_password_is_said_plainly(school, sign_in):
	from tests.browser.webdriver import Browser

	with Browser(school.url) as browser:
		browser.open("/login")
		browser.find("#login-user").fill(TEACHER)
		browser.find("#login-password").fill("wrong")
		browser.find("button[type=submit]").click()
		browser.find("[role=alert]", "用户名或密码不正确")


def duty_of(school, report, kind):
	import frappe

	with school.connected():
		filters = {"reference_name": report, "kind": kind}
		return frappe.get_all("Duty", filters, pluck="name")[0]


def duty_state(school, duty):
	import frappe

	with school.connected():
		return frappe.db.get_value("Duty", duty, "state")


def case_of(school, student):
	import frappe

	with school.connected():
		return frappe.db.get_value("Student Case", {"student": student}, "name")
