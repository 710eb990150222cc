"""The whole way of an undone duty: report, ladder, mails at a real SMTP server, acknowledgement, kill -9.

Web, worker and scheduler run in the one process that `make start` runs, on the real clock. Waiting is
shortened only by moving the duty into the past; nobody calls the ladder but the scheduler.
"""

import html
import re
import signal
import time
import urllib.parse
import urllib.request
from datetime import timedelta
from pathlib import Path

import frappe
import pytest

from tests.app.client import Client
from tests.mail_server import LOGIN, PASSWORD
from tests.site_fixtures import ADMIN_PASSWORD, start_on

TICK = "crisis_intervention.crisis_plan.duties.tick.tick"
WORDS = "作文里写到不想活"
# A machine that runs everything at once takes its time.
SECONDS = 90

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def school(start_server):
	"""The demo school, ticking every two seconds."""
	server = start_server("start", {"scheduler_tick_interval": 1})
	with server.connected() as db:
		from crisis_intervention.demo import load

		load()
		name = db.get_value("Scheduled Job Type", {"method": TICK})
		values = {"frequency": "Cron", "cron_format": "* * * * * */2", "next_execution": None}
		db.set_value("Scheduled Job Type", name, values)
		db.commit()
	return server


@pytest.fixture(scope="module")
def outbox(school, start_mail_server):
	"""The school's mail server, told to the site by Administrator through REST."""
	mailbox = start_mail_server(with_login=True)
	administrator = Client(school.url, "Administrator", ADMIN_PASSWORD)
	status, answer = administrator.post(
		"/api/resource/Email Account",
		email_account_name="School",
		email_id=LOGIN,
		password=PASSWORD,
		enable_outgoing=1,
		default_outgoing=1,
		smtp_server="127.0.0.1",
		smtp_port=mailbox.port,
		use_tls=1,
	)
	assert status == 200, answer
	assert PASSWORD not in str(answer)
	return mailbox


@pytest.fixture(scope="module")
def report(school, outbox):
	"""A report of a subject teacher: its data, the student's and the code of the duty to acknowledge it."""
	teacher = Client(school.url, "subject@example.com")
	leader = Client(school.url, "leader@example.com")
	_status, found = leader.get("/api/resource/Student Profile", limit_page_length=1, fields=["*"])
	(student,) = found["data"]
	status, answer = teacher.post(
		"/api/resource/Warning Report",
		student=student["name"],
		signals=[{"signal": "S101"}],
		description=WORDS,
		event_time="2026-11-02 10:00:00",
	)
	assert status == 200, answer
	with school.connected() as db:
		names = {"reference_name": answer["data"]["name"], "rule": "12-ACK-R"}
		duty = db.get_value("Duty", names, ["name", "responsible"], as_dict=True)
		class_title = db.get_value("School Class", student["school_class"], "title")
		signal_label = db.get_value("Warning Signal", "S101", "label")
	secrets = [student["student_name"], student["student_number"], class_title, signal_label, WORDS, "S101"]
	return frappe._dict(duty=duty, secrets=secrets, name=answer["data"]["name"])


def until(condition, what):
	"""Wait until a condition holds and return its value."""
	deadline = time.monotonic() + SECONDS
	while time.monotonic() < deadline:
		value = condition()
		if value:
			return value
		time.sleep(0.1)
	raise AssertionError(f"{what} did not happen within {SECONDS} s")


def mails_about(outbox, code):
	return [(recipient, mail) for recipient, mail in outbox.mails if code in mail["Subject"]]


def text_of(mail):
	return mail.get_body(("html",)).get_content() + mail.get_body(("plain",)).get_content()


def link_of(mail):
	"""The link of a mail, the same in its plain and in its HTML part."""
	plain = re.search(r"https?://\S+crisis_acknowledge[^\s)>]+", mail.get_body(("plain",)).get_content())[0]
	assert f'href="{html.escape(plain)}"' in mail.get_body(("html",)).get_content()
	return urllib.parse.urlsplit(plain)


def let_time_pass(school, code, minutes):
	"""Move a duty and its ladder into the past."""
	with school.connected() as db:
		fields = ["raised_at", "due_at", "handled_until", "next_step_at"]
		row = db.get_value("Duty", code, fields, as_dict=True)
		moved = {key: value - timedelta(minutes=minutes) for key, value in row.items() if value}
		db.set_value("Duty", code, moved, update_modified=False)
		db.commit()


def duty_of(school, code):
	with school.connected() as db:
		return db.get_value("Duty", code, ["state", "acknowledged_by", "next_step_at"], as_dict=True)


def wait_for_ticks(school, number=2):
	def last_tick():
		with school.connected() as db:
			return db.get_single_value("Crisis Settings", "last_tick")

	for _each in range(number):
		before = last_tick()
		until(lambda before=before: last_tick() != before, "a tick of the scheduler")


def ask(school, link, values=None):
	"""Open the page behind a mail's link as anybody's browser would, or press its button."""
	path = (
		link.path if values is None else "/api/method/crisis_intervention.crisis_plan.api.acknowledge_by_link"
	)
	query = f"?{link.query}" if values is None else ""
	data = None if values is None else urllib.parse.urlencode(values).encode()
	request = urllib.request.Request(f"{school.url}{path}{query}", data)
	with urllib.request.urlopen(request, timeout=20) as answer:
		return answer.status, answer.read().decode()


def test_a_raised_duty_is_mailed_at_once(school, outbox, report):
	code = report.duty.name
	(first,) = until(lambda: mails_about(outbox, code), "the mail about the new duty")
	assert first[0] == report.duty.responsible
	assert LOGIN in first[1]["From"]
	assert set(outbox.logins) == {LOGIN}


def test_mails_that_waited_for_an_account_go_out(school, outbox, report):
	def waiting():
		with school.connected() as db:
			return db.count("Email Queue", {"status": ("!=", "Sent")})

	until(lambda: not waiting(), "sending what waited in the outbox")


def test_an_undone_duty_climbs_its_ladder(school, outbox, report):
	code = report.duty.name
	let_time_pass(school, code, 60)
	reached = {report.duty.responsible, "deputy@example.com", "leader@example.com"}
	until(lambda: reached <= {who for who, _mail in mails_about(outbox, code)}, "the ladder")
	assert duty_of(school, code).state == "Overdue"


def test_mails_carry_code_kind_deadline_and_link_only(outbox, report):
	mails = mails_about(outbox, report.duty.name)
	assert len(mails) >= 3
	for _recipient, mail in mails:
		text = text_of(mail)
		assert report.duty.name in text and re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", text)
		assert urllib.parse.parse_qs(link_of(mail).query).keys() == {"m", "e", "s"}
		whole = mail.as_string() + text + mail["Subject"]
		assert not [secret for secret in (*report.secrets, report.name) if secret in whole]
		assert not list(mail.iter_attachments())


def test_the_link_of_a_mail_leads_to_this_server(school, outbox, report):
	link = link_of(mails_about(outbox, report.duty.name)[0][1])
	assert link.port == urllib.parse.urlsplit(school.url).port


def test_acknowledging_by_the_link_stops_the_ladder(school, outbox, report):
	code = report.duty.name
	recipient, mail = mails_about(outbox, code)[0]
	link = link_of(mail)
	assert code in ask(school, link)[1]
	assert not duty_of(school, code).acknowledged_by
	values = dict(urllib.parse.parse_qsl(link.query))
	assert ask(school, link, values)[0] == 200
	duty = duty_of(school, code)
	assert (duty.state, duty.acknowledged_by) == ("Done Late", recipient)
	told = len(mails_about(outbox, code))
	let_time_pass(school, code, 24 * 60)
	wait_for_ticks(school)
	assert len(mails_about(outbox, code)) == told
	assert duty_of(school, code).next_step_at is None


def test_the_ledger_shows_it_all_with_its_article(school, report):
	leader = Client(school.url, "leader@example.com")
	_status, answer = leader.get(
		"/api/resource/Duty Log",
		filters={"duty": report.duty.name},
		fields=["step", "article"],
		limit_page_length=0,
	)
	events = [row["step"] for row in answer["data"]]
	assert {"Raised", "Overdue", "Escalation", "Acknowledged"} <= set(events)
	assert {row["article"] for row in answer["data"]} == {12}


def test_a_killed_process_sends_nothing_again(school, outbox, report):
	school.process.send_signal(signal.SIGKILL)
	school.process.wait()
	code = report.duty.name
	told = len(mails_about(outbox, code))
	port = urllib.parse.urlsplit(school.url).port
	school.process = start_on(Path(school.sites_path).parent, school.site, "start", port).process
	try:
		wait_for_ticks(school)
		assert len(mails_about(outbox, code)) == told
		ids = [(who, mail["Message-ID"]) for who, mail in outbox.mails]
		assert len(ids) == len(set(ids))
	finally:
		school.process.terminate()
		school.process.wait(20)
