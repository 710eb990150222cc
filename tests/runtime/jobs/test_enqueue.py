from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.jobs.backends.table import TableBackend
from frappe.jobs.job import QUEUED
from frappe.tests import sample_jobs
from frappe.utils.background_jobs import get_job_status, get_jobs, is_job_enqueued

NOTE = "frappe.tests.sample_jobs.note"


def queued() -> list[str]:
	return [job.kwargs.get("text") or job.arguments()["text"] for job in TableBackend().list("default")]


@pytest.fixture(autouse=True)
def _empty_queue(db: Any) -> None:
	frappe.db.sql("delete from `__jobs`")


def test_a_job_waits_with_its_method_arguments_and_user() -> None:
	frappe.enqueue(sample_jobs.note, text="one")
	(job,) = TableBackend().list()
	assert (job.method, job.arguments(), job.user, job.queue, job.status, job.timeout) == (
		NOTE,
		{"text": "one"},
		"Administrator",
		"default",
		QUEUED,
		300,
	)
	assert get_jobs(site=frappe.local.site) == {frappe.local.site: [NOTE]}


def test_a_rolled_back_transaction_takes_its_jobs_along() -> None:
	frappe.db.savepoint("before")
	frappe.enqueue(NOTE, text="one")
	frappe.db.rollback(save_point="before")
	assert queued() == []


def test_now_runs_at_once() -> None:
	frappe.enqueue(NOTE, now=True, text="at once")
	assert "at once" in sample_jobs.notes()
	assert queued() == []


def test_the_immediate_back_end_runs_inside_the_call() -> None:
	frappe.flags.jobs_run_at_once = True
	frappe.enqueue(NOTE, text="inside")
	assert "inside" in sample_jobs.notes()


def test_at_front_comes_first() -> None:
	for text, front in (("one", False), ("two", False), ("first", True)):
		frappe.enqueue(NOTE, text=text, at_front=front)
	assert queued() == ["first", "one", "two"]


def test_a_double_is_left_out_while_the_first_waits() -> None:
	assert frappe.enqueue(NOTE, job_id="same", deduplicate=True, text="one")
	assert frappe.enqueue(NOTE, job_id="same", deduplicate=True, text="two") is None
	assert queued() == ["one"]
	assert is_job_enqueued("same")
	assert get_job_status("same") == QUEUED
	assert not is_job_enqueued("other")


def test_deduplicate_needs_a_job_id() -> None:
	with pytest.raises(frappe.ValidationError):
		frappe.enqueue(NOTE, deduplicate=True, text="one")


def test_an_unknown_queue_is_refused() -> None:
	with pytest.raises(frappe.ValidationError):
		frappe.enqueue(NOTE, queue="nowhere", text="one")


def test_a_function_nobody_else_can_import_is_refused() -> None:
	with pytest.raises(ValueError, match="imported"):
		frappe.enqueue(lambda: None)


def test_a_queue_of_the_configuration_has_its_own_timeout() -> None:
	frappe.conf.workers = {"reports": {"timeout": 9000}}
	frappe.enqueue(NOTE, queue="reports", text="one")
	assert TableBackend().list("reports")[0].timeout == 9000


def test_enqueue_doc_calls_a_method_of_the_document() -> None:
	todo = frappe.get_doc(doctype="ToDo", description="a").insert()
	frappe.enqueue_doc("ToDo", todo.name, "add_comment", now=True, comment_type="Info", text="from a job")
	assert frappe.db.exists("Comment", {"reference_name": todo.name, "content": "from a job"})
