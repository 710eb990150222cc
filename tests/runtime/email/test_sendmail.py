from __future__ import annotations

from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import frappe
import pytest
from frappe.jobs.backends.table import TableBackend


def parsed(doc: Any) -> EmailMessage:
	return message_from_string(doc.message, policy=default)


def send(**values: Any) -> Any:
	return frappe.sendmail(**{"recipients": "a@example.com", "subject": "S", "message": "<p>M</p>", **values})


@pytest.fixture(autouse=True)
def _empty(db: Any) -> None:
	frappe.db.sql("delete from `__jobs`")


def test_a_mail_waits_in_the_outbox_although_there_is_no_account() -> None:
	doc = send(recipients=["a@example.com", "b@example.com"], cc="c@example.com")
	stored = frappe.get_doc("Email Queue", doc.name)
	assert stored.status == "Not Sent"
	assert [(row.recipient, row.status) for row in stored.recipients] == [
		("a@example.com", "Not Sent"),
		("b@example.com", "Not Sent"),
		("c@example.com", "Not Sent"),
	]


def test_the_message_has_two_parts_and_a_fixed_id() -> None:
	doc = send(subject="重点关注提醒", message="<p>请 <b>今天</b> 查看</p>")
	mail = parsed(doc)
	assert mail["Subject"] == "重点关注提醒"
	assert mail["Message-ID"] == f"<{doc.message_id}>"
	assert mail.get_body(("plain",)).get_content().strip() == "请 今天 查看"
	assert "<b>今天</b>" in mail.get_body(("html",)).get_content()
	assert doc.message.isascii()


def test_one_flush_is_enqueued_with_the_transaction() -> None:
	send()
	send()
	assert [job.method for job in TableBackend().list("short")] == ["frappe.email.queue.flush"]


def test_a_savepoint_that_is_rolled_back_takes_the_flush_with_it_and_the_next_mail_brings_its_own() -> None:
	frappe.db.savepoint("one_mail")
	send()
	frappe.db.rollback(save_point="one_mail")
	assert TableBackend().list("short") == []
	send()
	assert len(TableBackend().list("short")) == 1


def test_a_flush_of_an_earlier_transaction_may_look_too_early_and_does_not_count() -> None:
	send()
	# A commit that the test can undo: what it calls afterwards, without writing for good.
	frappe.db.after_commit.run()
	send()
	assert len(TableBackend().list("short")) == 2


@pytest.mark.parametrize(
	"values",
	[
		{"subject": "a\r\nBcc: b@example.com"},
		{"recipients": ["a@example.com\r\nBcc: b@example.com"]},
		{"email_headers": {"X-One": "a\r\nBcc: b@example.com"}},
		{"reply_to": "a@example.com\nBcc: b@example.com"},
		{"recipients": "nobody"},
	],
)
def test_a_header_that_would_bring_others_along_is_refused(values: dict[str, Any]) -> None:
	before = frappe.db.count("Email Queue")
	with pytest.raises(frappe.ValidationError):
		send(**values)
	assert frappe.db.count("Email Queue") == before


def test_a_mail_to_nobody_is_none() -> None:
	assert send(recipients=[]) is None


def test_whoever_unsubscribed_gets_no_mail_about_the_document() -> None:
	frappe.get_doc(
		doctype="Email Unsubscribe",
		email="a@example.com",
		reference_doctype="User",
		reference_name="Administrator",
	).insert()
	about = {"reference_doctype": "User", "reference_name": "Administrator"}
	assert send(**about) is None
	assert send() is not None


def test_a_global_unsubscribe_counts_for_all_mails() -> None:
	frappe.get_doc(doctype="Email Unsubscribe", email="a@example.com", global_unsubscribe=1).insert()
	assert send() is None


def test_mails_to_many_may_be_queued_apart() -> None:
	before = frappe.db.count("Email Queue")
	send(recipients="a@example.com,b@example.com", queue_separately=True)
	assert frappe.db.count("Email Queue") == before + 2


def test_attachments_are_part_of_the_message() -> None:
	mail = parsed(send(attachments=[{"fname": "表.txt", "fcontent": "内容"}]))
	(part,) = mail.iter_attachments()
	assert part.get_filename() == "表.txt"
	assert part.get_content().strip() == "内容"


def test_a_file_one_may_not_read_is_not_attached(make_user: Any, as_user: Any) -> None:
	file = frappe.get_doc(doctype="File", file_name="private.txt", content="x", is_private=1).insert()
	with as_user(make_user()), pytest.raises(frappe.PermissionError):
		send(attachments=[{"fid": file.name}])


def test_markdown_is_rendered() -> None:
	assert "<strong>now</strong>" in parsed(send(message="**now**", as_markdown=True)).as_string()
