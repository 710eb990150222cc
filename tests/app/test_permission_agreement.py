"""In the demo school, too, every door tells its people the same yes or no: members of the team, teachers of
their classes, persons responsible for a duty, and those who may read nothing.
"""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from tests.app.client import PASSWORD
from tests.rest.agreement import acting, attach, compare, compare_rest, listed, readable
from tests.rest.client import Client

APP = "crisis_intervention"
# Some thousand questions; a busy machine takes its time.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

SAMPLE = 8
# Reading through REST writes here, so the list grows while it is compared.
GROWING = {"Case Read Log"}


@pytest.fixture(scope="module")
def school(start_server):
	"""The demo school on a running server."""
	server = start_server()
	with server.connected() as db:
		from crisis_intervention.demo import load

		load()
		db.commit()
	return server


@pytest.fixture(scope="module")
def doctypes(school) -> dict[str, list[str]]:
	"""DocTypes of the app with documents → names of some of them, the newest first."""
	with school.connected():
		modules = frappe.get_all("Module Def", filters={"app_name": APP}, pluck="name")
		filters = {"module": ("in", modules), "istable": 0, "issingle": 0, "is_virtual": 0}
		names = frappe.get_all("DocType", filters=filters, pluck="name", limit_page_length=0)
		found = {name: _some(name) for name in names}
	return {name: documents for name, documents in found.items() if documents}


def _some(doctype: str) -> list[str]:
	options: dict[str, Any] = {
		"pluck": "name",
		"limit_page_length": SAMPLE,
		"order_by": "creation desc, name",
	}
	return [str(name) for name in frappe.get_all(doctype, **options)]


@pytest.fixture(scope="module")
def people(school) -> dict[str, Client]:
	"""Everybody of the demo school who can sign in, signed in."""
	from crisis_intervention.demo.accounts import ACCOUNTS

	names = [account.email for account in ACCOUNTS]
	return {name: Client(school.url, school.site).login(name, PASSWORD) for name in names}


def test_the_school_has_documents_of_the_main_rooms(doctypes):
	assert {"Student Case", "Risk Assessment", "Warning Report", "Duty", "Student Profile"} <= set(doctypes)


def test_lists_counts_documents_and_searches_agree(school, doctypes, people):
	wrong = []
	with school.connected():
		for user in people:
			for doctype, names in doctypes.items():
				with acting(user):
					wrong += compare(user, doctype, names)
	assert not wrong, "\n".join(wrong[:40])


def test_rest_agrees_with_lists(school, doctypes, people):
	shown: dict[tuple[str, str], set[str] | None] = {}
	with school.connected():
		for user in people:
			for doctype in doctypes.keys() - GROWING:
				with acting(user):
					if not frappe.only_has_select_perm(doctype):
						shown[user, doctype] = listed(doctype)
	assert None in shown.values() and any(shown.values())
	wrong = []
	for (user, doctype), names in shown.items():
		wrong += compare_rest(people[user], doctype, names, doctypes[doctype])
	assert not wrong, "\n".join(wrong[:40])


def test_private_files_follow_their_document(school, doctypes, people):
	files = {}
	answers: dict[tuple[str, str], bool] = {}
	with school.connected() as db:
		for doctype, names in doctypes.items():
			files[doctype] = (names[0], attach(doctype, names[0]))
		db.commit()
		for user in people:
			for doctype, (name, _url) in files.items():
				with acting(user):
					answers[user, doctype] = readable(doctype, name)
	assert set(answers.values()) == {True, False}
	for (user, doctype), may_read in answers.items():
		status = people[user].get(files[doctype][1]).status
		assert status == (200 if may_read else 403), (user, doctype)
