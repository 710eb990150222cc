from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import frappe
import pytest
from frappe.email import queue
from frappe.email.queue import flush
from frappe.jobs.worker import work_off
from frappe.utils import now_datetime

OnSite = Callable[[], AbstractContextManager[None]]


def send(**values: Any) -> str:
	name = frappe.sendmail(
		**{"recipients": "a@example.com", "subject": "提醒", "message": "<p>M</p>", **values}
	).name
	frappe.db.commit()
	return name


def row(name: str) -> Any:
	frappe.db.rollback()
	return frappe.get_doc("Email Queue", name)


def test_the_job_sends_what_was_written(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		name = send(recipients="a@example.com,b@example.com")
		site, sites_path = frappe.local.site, frappe.local.sites_path
	work_off(site, sites_path)
	assert mailbox.recipients() == ["a@example.com", "b@example.com"]
	with on_mail_site():
		assert row(name).status == "Sent"
		assert {each.status for each in row(name).recipients} == {"Sent"}
		first, second = (mail for _recipient, mail in mailbox.mails)
		assert first["Message-ID"] == second["Message-ID"] == f"<{row(name).message_id}>"
		assert (first["To"], second["To"], first["From"]) == (
			"a@example.com",
			"b@example.com",
			"school@example.com",
		)
		assert first["Subject"] == "提醒"


def test_a_recorded_success_is_never_repeated(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		send()
		assert flush() == 1
		assert flush() == 0
	assert len(mailbox.mails) == 1


def test_without_an_account_mails_wait(on_site: OnSite) -> None:
	with on_site():
		name = send()
		assert flush() == 0
		assert (row(name).status, row(name).retry, row(name).error) == ("Not Sent", 0, None)


def test_an_email_account_is_used_before_the_configuration(on_site: OnSite, mailbox: Any) -> None:
	with on_site():
		frappe.get_doc(
			doctype="Email Account",
			email_account_name="Office",
			email_id="office@example.com",
			enable_outgoing=1,
			default_outgoing=1,
			smtp_server="127.0.0.1",
			smtp_port=str(mailbox.port),
			no_smtp_authentication=1,
		).insert()
		send()
		assert flush() == 1
	assert mailbox.mails[0][1]["From"] == "Office <office@example.com>"


def test_recipients_see_each_other_only_when_asked_for(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		send(recipients="a@example.com", cc="c@example.com", expose_recipients="header")
		flush()
	assert {(mail["To"], mail["Cc"]) for _recipient, mail in mailbox.mails} == {
		("a@example.com", "c@example.com")
	}


def test_trouble_is_kept_on_the_row_and_tried_again_later(on_mail_site: OnSite, mailbox: Any) -> None:
	mailbox.answer = "451 come back later"
	with on_mail_site():
		name = send()
		flush()
		failed = row(name)
		assert (failed.status, failed.retry) == ("Not Sent", 1)
		assert "451" in failed.error
		assert failed.send_after > now_datetime()
		assert flush() == 0
		mailbox.answer = "250 taken"
		frappe.db.set_value("Email Queue", name, "send_after", now_datetime() - timedelta(seconds=1))
		frappe.db.commit()
		assert flush() == 1
		assert row(name).status == "Sent"


def test_after_its_last_try_a_mail_is_an_error(on_mail_site: OnSite, mailbox: Any) -> None:
	mailbox.answer = "451 come back later"
	with on_mail_site():
		name = send()
		for _try in range(4):
			frappe.db.set_value("Email Queue", name, "send_after", None)
			frappe.db.commit()
			flush()
		assert (row(name).status, row(name).retry) == ("Error", 4)


def test_a_refused_recipient_does_not_keep_the_mail_from_the_others(
	on_mail_site: OnSite, mailbox: Any
) -> None:
	mailbox.answers["gone@example.com"] = "550 no such user"
	with on_mail_site():
		name = send(recipients="gone@example.com,b@example.com")
		flush()
		assert row(name).status == "Error"
		assert "550" in row(name).error
		assert [each.status for each in row(name).recipients] == ["Not Sent", "Sent"]
		flush()
	assert mailbox.recipients() == ["b@example.com"]


def test_those_who_have_it_do_not_get_it_again(
	on_mail_site: OnSite, mailbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	mailbox.answers["slow@example.com"] = "451 later"
	with on_mail_site():
		name = send(recipients="a@example.com,slow@example.com")
		flush()
		assert row(name).status == "Partially Sent"
		mailbox.answers.clear()
		frappe.db.set_value("Email Queue", name, "send_after", None)
		frappe.db.commit()
		flush()
		assert row(name).status == "Sent"
	assert mailbox.recipients() == ["a@example.com", "slow@example.com"]


def test_a_mail_is_not_sent_before_its_time(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		send(send_after=now_datetime() + timedelta(hours=1))
		assert flush() == 0
	assert mailbox.mails == []


def test_a_mail_leased_by_another_process_is_left_alone(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		name = send()
		frappe.db.set_value(
			"Email Queue",
			name,
			{
				"status": "Sending",
				"lease_owner": "elsewhere:1:a",
				"lease_until": now_datetime() + timedelta(60),
			},
		)
		frappe.db.commit()
		assert flush() == 0
		frappe.db.set_value("Email Queue", name, "lease_until", now_datetime() - timedelta(seconds=1))
		frappe.db.commit()
		assert flush() == 1
	assert len(mailbox.mails) == 1


def test_a_kill_between_the_servers_answer_and_the_commit_repeats_the_same_mail(
	on_mail_site: OnSite, mailbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	def die(*_args: Any) -> None:
		raise KeyboardInterrupt

	with on_mail_site():
		name = send()
		with monkeypatch.context() as patch:
			patch.setattr(queue, "_record_recipient", die)
			with pytest.raises(KeyboardInterrupt):
				flush()
		assert row(name).status == "Sending"
		frappe.db.set_value("Email Queue", name, "lease_until", now_datetime() - timedelta(seconds=1))
		frappe.db.commit()
		assert flush() == 1
	first, second = (mail["Message-ID"] for _recipient, mail in mailbox.mails)
	assert first == second


def test_no_write_transaction_is_open_while_the_server_is_spoken_to(
	on_mail_site: OnSite, mailbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	from frappe.email.smtp import Postman

	open_transactions: list[bool] = []
	handed = Postman.send

	def watch(self: Postman, *args: Any) -> None:
		connection = getattr(frappe.local.db, "_conn", None)
		open_transactions.append(bool(getattr(connection, "in_transaction", False)))
		handed(self, *args)

	monkeypatch.setattr(Postman, "send", watch)
	with on_mail_site():
		send(recipients="a@example.com,b@example.com")
		flush()
	assert open_transactions == [False, False]


def test_muted_mails_stay(on_mail_site: OnSite, mailbox: Any) -> None:
	with on_mail_site():
		send()
		frappe.conf.mute_emails = 1
		assert flush() == 0
	assert mailbox.mails == []
