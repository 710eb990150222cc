"""Methods that tests put into the queue; a worker imports only what belongs to an installed app."""

from __future__ import annotations

import os
import time

import frappe


def note(text: str) -> None:
	"""Leave a trace that is committed with the job."""
	frappe.get_doc(doctype="ToDo", description=text).insert()


def notes() -> list[str]:
	"""Return the traces, the oldest first."""
	return frappe.db.sql_list("select `description` from `tabToDo` order by `creation`")


def note_and_fail(text: str) -> None:
	"""Write a trace and fail, so that it must not stay."""
	note(text)
	raise frappe.ValidationError(f"secret {text}")


def fail_until(path: str, times: int) -> None:
	"""Ask to be run again until a file counts `times` runs."""
	with open(path, "a", encoding="utf-8") as file:
		file.write("x")
	if os.path.getsize(path) < times:
		raise frappe.RetryBackgroundJobError
	note("at last")


def nap(seconds: float) -> None:
	"""Keep a worker busy in Python code that can be interrupted."""
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		time.sleep(0.02)
	note("awake")


def hang(seconds: float) -> None:
	"""Keep a worker in one system call."""
	time.sleep(seconds)
	note("hung")


def tick() -> None:
	"""Do what a scheduled job does that has nothing to do."""


def fail() -> None:
	"""Fail with words that must not be kept."""
	raise frappe.ValidationError("secret")


@frappe.whitelist(methods=["POST"])
def accept(key: str) -> None:
	"""Write, enqueue and mail in one transaction, for tests that kill the processes around it.

	Raises:
		frappe.PermissionError: the site is none for tests, or the user no System Manager.
	"""
	frappe.only_for("System Manager")
	if not frappe.conf.allow_tests:
		raise frappe.PermissionError
	note(f"write:{key}")
	frappe.enqueue("frappe.tests.sample_jobs.note", text=f"job:{key}")
	frappe.sendmail(recipients=f"{key}@example.com", subject="Test", message="Test")


def scheduled_note() -> None:
	"""Leave a trace of a scheduled run."""
	note("scheduled")
