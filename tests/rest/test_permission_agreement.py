"""Whatever door a user comes through, he is told the same yes or no.

For every role and DocType, as real users: list SQL, `get_doc`, REST, link search, count and files agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest

from tests.rest.agreement import acting, attach, compare, compare_rest, listed, readable
from tests.rest.client import Client
from tests.site_fixtures import STRONG_PASSWORD, Server

# Some thousand questions; a busy machine takes its time.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

SAMPLE = 6
# Roles nobody is given: everybody has them, or one user only.
UNGIVEN = {"Administrator", "Guest", "All", "Desk User"}
CASE, REGION, ROW = "Agreement Case", "Agreement Region", "Agreement Row"


class World:
	"""Users, documents and the site they are on.

	Args:
		server: the running server.
		users: name of a user → client that is signed in as he.
		doctypes: DocTypes with documents → names of some of them.
		files: DocType → (name of a document, address of a private file attached to it).
	"""

	def __init__(self, server: Server) -> None:
		self.server = server
		self.users: dict[str, Client] = {}
		self.doctypes: dict[str, list[str]] = {}
		self.files: dict[str, tuple[str, str]] = {}


@pytest.fixture(scope="module")
def world(start_server: Callable[[], Server]) -> Iterator[World]:
	world = World(start_server())
	with world.server.connected():
		make_doctypes()
		make_users(world)
		make_cases(world)
		collect(world)
		frappe.db.commit()
	for name in world.users:
		world.users[name] = Client(world.server.url, world.server.site).login(name, STRONG_PASSWORD)
	yield world


def make_user(world: World, email: str, *roles: str) -> str:
	user = frappe.get_doc(
		doctype="User",
		email=email,
		first_name=email.split("@")[0],
		send_welcome_email=0,
		new_password=STRONG_PASSWORD,
		roles=[{"role": role} for role in roles],
	).insert()
	world.users[user.name] = None  # type: ignore[assignment]
	return user.name


def make_users(world: World) -> None:
	"""One user per role, one without any, and users of the special rules."""
	roles = frappe.get_all("Role", filters={"disabled": 0}, pluck="name", limit_page_length=0)
	for number, role in enumerate(sorted(set(roles) - UNGIVEN)):
		make_user(world, f"role-{number}@example.com", role)
	make_user(world, "nobody@example.com")
	for special in ("owner", "region", "strict", "shared"):
		make_user(
			world, f"{special}@example.com", "Agreement Owner" if special == "owner" else "Agreement Reader"
		)
	make_user(world, "only-shared@example.com")


def make_doctypes() -> None:
	for role in ("Agreement Reader", "Agreement Owner"):
		frappe.get_doc(doctype="Role", role_name=role, desk_access=1).insert()
	none = dict.fromkeys(frappe.permissions.rights, 0)
	reader = {**none, "role": "Agreement Reader", "read": 1}
	owner = {**none, "role": "Agreement Owner", "read": 1, "write": 1, "create": 1, "if_owner": 1}
	manager = {"role": "System Manager"}
	link = {"fieldname": "region", "fieldtype": "Link", "options": REGION, "label": "Region"}
	custom = {"doctype": "DocType", "module": "Custom", "custom": 1, "autoname": "prompt"}
	frappe.get_doc({**custom, "name": REGION, "fields": [], "permissions": [manager, reader]}).insert()
	frappe.get_doc({**custom, "name": ROW, "istable": 1, "autoname": "hash", "fields": [link]}).insert()
	table = {"fieldname": "rows", "fieldtype": "Table", "options": ROW, "label": "Rows"}
	fields = [{"fieldname": "title", "fieldtype": "Data", "label": "Title"}, link, table]
	frappe.get_doc(
		{
			**custom,
			"name": CASE,
			"title_field": "title",
			"fields": fields,
			"permissions": [manager, reader, owner],
		}
	).insert()


def make_cases(world: World) -> None:
	"""Cases of two regions, with rows of two regions, own and shared ones; limits of the special users."""
	for region in ("north", "south"):
		frappe.get_doc(doctype=REGION, name=region).insert()
	for number, (region, row) in enumerate(
		[
			("north", None),
			("south", None),
			(None, None),
			("south", "north"),
			("south", "south"),
			(None, "north"),
		]
	):
		rows = [{"region": row}] if row else []
		frappe.get_doc(
			doctype=CASE, name=f"case-{number}", title=f"Case {number}", region=region, rows=rows
		).insert()
	with acting("owner@example.com"):
		frappe.get_doc(doctype=CASE, name="case-own", title="Own").insert()
	for user in ("region@example.com", "strict@example.com"):
		frappe.permissions.add_user_permission(REGION, "south", user)
	for user in ("shared@example.com", "only-shared@example.com"):
		frappe.share.add(CASE, "case-1", user)


def collect(world: World) -> None:
	"""Find the DocTypes with documents and attach a private file to one of each."""
	filters = {"istable": 0, "issingle": 0, "is_virtual": 0}
	for doctype in frappe.get_all("DocType", filters=filters, pluck="name", limit_page_length=0):
		names = frappe.get_all(doctype, pluck="name", limit_page_length=SAMPLE + 2, order_by="creation")
		if names:
			world.doctypes[doctype] = [str(name) for name in names]
	for doctype in (CASE, REGION, "Role", "ToDo", "User"):
		if doctype in world.doctypes:
			name = world.doctypes[doctype][-1]
			world.files[doctype] = (name, attach(doctype, name))


def each_user_and_doctype(world: World) -> Iterator[tuple[str, str]]:
	for user in world.users:
		for doctype in world.doctypes:
			yield user, doctype


# ------------------------------------------------------------------ the property
def test_lists_counts_documents_and_searches_agree(world: World) -> None:
	disagreements = []
	checked = 0
	with world.server.connected():
		for user, doctype in each_user_and_doctype(world):
			with acting(user):
				disagreements += compare(user, doctype, world.doctypes[doctype][:SAMPLE])
				checked += 1
	assert checked > 500
	assert not disagreements, "\n".join(disagreements[:40])


def test_rest_agrees_with_lists(world: World) -> None:
	disagreements = []
	expected: dict[tuple[str, str], set[str] | None] = {}
	with world.server.connected():
		for user, doctype in each_user_and_doctype(world):
			with acting(user):
				select_only = frappe.only_has_select_perm(doctype)
				expected[user, doctype] = listed(doctype) if not select_only else None
				if select_only:
					expected.pop((user, doctype))
	for (user, doctype), shown in expected.items():
		disagreements += compare_rest(world.users[user], doctype, shown, world.doctypes[doctype])
	assert not disagreements, "\n".join(disagreements[:40])


def test_private_files_follow_their_document(world: World) -> None:
	answers: dict[tuple[str, str], bool] = {}
	with world.server.connected():
		for user in world.users:
			for doctype, (name, _url) in world.files.items():
				with acting(user):
					answers[user, doctype] = readable(doctype, name)
	assert set(answers.values()) == {True, False}
	for (user, doctype), may_read in answers.items():
		url = world.files[doctype][1]
		direct = world.users[user].get(url)
		by_method = world.users[user].get("/api/method/download_file", query={"file_url": url})
		assert (direct.status, by_method.status) == ((200, 200) if may_read else (403, 403)), (user, doctype)
		assert (f"of {doctype}" in direct.text) is may_read


def test_lists_of_files_agree_with_the_files(world: World) -> None:
	with world.server.connected():
		files = frappe.get_all(
			"File", fields=["name", "file_url"], filters={"is_folder": 0}, limit_page_length=0
		)
		for user in world.users:
			with acting(user):
				shown = listed("File") or set()
				for row in files:
					assert readable("File", row.name) == (row.name in shown), (user, row.file_url)


@pytest.mark.parametrize(
	("user", "sees"),
	[
		("owner@example.com", {"case-own"}),
		("region@example.com", {"case-1", "case-2", "case-4", "case-own"}),
		("shared@example.com", {f"case-{number}" for number in range(6)} | {"case-own"}),
		("only-shared@example.com", {"case-1"}),
		("nobody@example.com", None),
	],
)
def test_special_rules_show_what_they_should(world: World, user: str, sees: Any) -> None:
	"""The doors could agree on a wrong answer; these are the right ones."""
	with world.server.connected(), acting(user):
		assert listed(CASE) == sees
