from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.core.doctype.communication.email import make


def make_message(**values: Any) -> dict[str, str]:
	return make(
		doctype="User",
		name="Administrator",
		content="<p>note</p>",
		subject="S",
		recipients="a@example.com",
		**values,
	)


def test_a_message_is_linked_to_its_document(db: Any) -> None:
	answer = make_message()
	doc = frappe.get_doc("Communication", answer["name"])
	assert answer["emails_not_sent_to"] == ""
	assert (doc.status, doc.sent_or_received, doc.communication_medium) == ("Linked", "Sent", "Email")


def test_sending_needs_an_account(db: Any) -> None:
	with pytest.raises(frappe.OutgoingEmailError):
		make_message(send_email=1)


def test_with_an_account_the_message_waits_in_the_outbox(db: Any) -> None:
	frappe.conf.mail_server = "127.0.0.1"
	answer = make_message(send_email="1", send_me_a_copy=1)
	(name,) = frappe.get_all("Email Queue", {"communication": answer["name"]}, pluck="name")
	assert "a@example.com" in frappe.get_doc("Email Queue", name).to


def test_who_may_not_mail_about_a_document_is_refused(
	db: Any, make_user: Callable[..., str], as_user: Any
) -> None:
	with as_user(make_user()), pytest.raises(frappe.PermissionError):
		make_message()


def test_error_logs_keep_no_values_of_variables(db: Any) -> None:
	def fail(name: str) -> None:
		raise ValueError("something")

	try:
		fail("Li Ming")
	except ValueError:
		log = frappe.log_error("It failed")
	assert log.method == "It failed"
	assert "ValueError: something" in log.error
	assert "name = " not in log.error
