from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.automation.notifications import trigger_daily_alerts
from frappe.desk.doctype.notification_log.notification_log import get_notification_logs, mark_all_as_read
from frappe.utils import add_days, nowdate

from tests.runtime.records import ensure

DOCTYPE = "Notified Sample"


@pytest.fixture
def reader(db: Any, make_user: Callable[..., str]) -> str:
	ensure("Role", "Notified Reader", role_name="Notified Reader")
	ensure(
		"DocType",
		DOCTYPE,
		name=DOCTYPE,
		module="Custom",
		custom=1,
		autoname="prompt",
		is_submittable=1,
		fields=[
			{"fieldname": "title", "fieldtype": "Data", "label": "Title"},
			{"fieldname": "amount", "fieldtype": "Float", "label": "Amount"},
			{"fieldname": "due", "fieldtype": "Date", "label": "Due"},
			{"fieldname": "who", "fieldtype": "Link", "label": "Who", "options": "User"},
			{"fieldname": "told", "fieldtype": "Check", "label": "Told", "allow_on_submit": 1},
		],
		permissions=[
			{"role": "System Manager", "read": 1, "write": 1, "create": 1, "submit": 1, "cancel": 1}
		],
	)
	return make_user("Notified Reader")


def notification(name: str = "Rule", **values: Any) -> Any:
	return frappe.get_doc(
		{
			"doctype": "Notification",
			"name": name,
			"subject": "Case {{ doc.name }}",
			"message": "Amount {{ doc.amount }}",
			"document_type": DOCTYPE,
			"event": "Save",
			"channel": "System Notification",
			"enabled": 1,
			"recipients": [{"receiver_by_document_field": "who"}],
			**values,
		}
	).insert()


def make(reader: str, name: str = "k1", **values: Any) -> Any:
	return frappe.get_doc({"doctype": DOCTYPE, "name": name, "title": "K", "who": reader, **values}).insert()


def subjects(reader: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": reader}, pluck="subject", order_by="creation")


def test_a_notice_is_written_where_the_condition_holds(reader: str) -> None:
	notification(condition="doc.amount > 10")
	make(reader, "low", amount=5)
	make(reader, "high", amount=50)
	assert subjects(reader) == ["Case high"]


def test_a_disabled_or_deleted_notification_is_silent_at_once(reader: str) -> None:
	rule = notification()
	make(reader, "one")
	rule.enabled = 0
	rule.save()
	make(reader, "two")
	rule.enabled = 1
	rule.save()
	rule.delete()
	make(reader, "three")
	assert subjects(reader) == ["Case one"]


@pytest.mark.parametrize(
	("event", "expected"),
	[("New", 1), ("Save", 2), ("Submit", 1), ("Cancel", 1)],
)
def test_each_event_causes_its_notice(reader: str, event: str, expected: int) -> None:
	notification(event=event)
	doc = make(reader)
	doc.submit()
	doc.cancel()
	assert len(subjects(reader)) == expected


def test_a_value_change_is_noticed_and_nothing_else(reader: str) -> None:
	notification(event="Value Change", value_changed="title")
	doc = make(reader)
	doc.amount = 6
	doc.save()
	assert subjects(reader) == []
	doc.title = "other"
	doc.save()
	assert subjects(reader) == ["Case k1"]


def test_a_method_may_be_the_event(reader: str) -> None:
	notification(event="Method", method="before_insert")
	make(reader)
	assert subjects(reader) == ["Case k1"]


def test_mail_goes_to_fields_roles_and_copies(reader: str) -> None:
	notification(
		channel="Email",
		recipients=[
			{"receiver_by_document_field": "who"},
			{"receiver_by_role": "Notified Reader"},
			{"cc": "copy@example.com", "condition": "doc.amount > 10"},
		],
	)
	make(reader, "low", amount=5)
	make(reader, "high", amount=50)
	mails = frappe.get_all("Email Queue", {"reference_doctype": DOCTYPE}, ["name", "reference_name"])
	found = {mail.reference_name: frappe.get_doc("Email Queue", mail.name).to for mail in mails}
	assert found == {"low": [reader], "high": [reader, "copy@example.com"]}


def test_a_property_is_set_after_the_notice(reader: str) -> None:
	notification(set_property_after_alert="told", property_value="1")
	doc = make(reader)
	assert frappe.db.get_value(DOCTYPE, "k1", "told") == 1
	doc.title = "again"
	doc.save()
	assert len(subjects(reader)) == 2


@pytest.mark.parametrize(("event", "days", "due"), [("Days Before", 2, 2), ("Days After", 3, -3)])
def test_dates_cause_notices_on_their_day_only(reader: str, event: str, days: int, due: int) -> None:
	notification(event=event, date_changed="due", days_in_advance=days)
	make(reader, "today", due=add_days(nowdate(), due))
	make(reader, "other", due=add_days(nowdate(), due + 1))
	assert trigger_daily_alerts() == 1
	assert subjects(reader) == ["Case today"]


def test_a_failing_notification_never_fails_the_document(reader: str) -> None:
	notification(message="{{ doc.title.nothing() }}")
	make(reader, title="Li Ming")
	assert frappe.db.exists(DOCTYPE, "k1")
	assert subjects(reader) == []
	(log,) = frappe.get_all("Error Log", {"method": ("like", "Notification failed%")}, ["error"])
	assert "Li Ming" not in log.error


@pytest.mark.parametrize(
	"values",
	[
		{"condition": "doc.amount >"},
		{"event": "Value Change"},
		{"event": "Days Before"},
		{"document_type": "Email Queue"},
		{"message": "{{ doc. }}"},
	],
)
def test_a_notification_that_cannot_work_is_refused(reader: str, values: dict[str, Any]) -> None:
	with pytest.raises(frappe.ValidationError):
		notification(**values)


def test_notices_are_read_by_their_user_only(
	reader: str, make_user: Callable[..., str], as_user: Any
) -> None:
	notification()
	make(reader)
	other = make_user("Notified Reader")
	with as_user(other):
		assert get_notification_logs()["notification_logs"] == []
		assert frappe.get_list("Notification Log") == []
	with as_user(reader):
		assert len(frappe.get_list("Notification Log")) == 1
		(notice,) = get_notification_logs()["notification_logs"]
		assert notice.read == 0
		mark_all_as_read()
		assert get_notification_logs()["notification_logs"][0].read == 1


def test_notices_are_not_mailed_unless_the_site_says_so(reader: str) -> None:
	from frappe.automation.notices import make_notification_logs

	notice = {"type": "Mention", "document_type": "User", "document_name": reader, "subject": "Li Ming"}
	make_notification_logs(notice, [reader])
	assert not frappe.db.exists("Email Queue", {"reference_name": reader})
	frappe.conf.mail_desk_notifications = 1
	make_notification_logs(notice, [reader])
	(name,) = frappe.get_all("Email Queue", {"reference_name": reader}, pluck="name")
	assert "Li Ming" not in frappe.get_doc("Email Queue", name).message
