"""Permission rules over plain values."""

from __future__ import annotations

import pytest
from frappe.permissions import rules

READER = {"role": "Reader", "permlevel": 0, "read": 1}
WRITER = {"role": "Writer", "permlevel": 0, "read": 1, "write": 1, "create": 1}
OWNER = {"role": "Owner", "permlevel": 0, "read": 1, "write": 1, "create": 1, "delete": 1, "if_owner": 1}
UPPER = {"role": "Reader", "permlevel": 1, "read": 1, "write": 1}
ROWS = (READER, WRITER, OWNER, UPPER)
SOUTH = [{"doc": "south", "applicable_for": None}]


def granted(answer: dict) -> set[str]:
	return {right for right in rules.RIGHTS if answer[right]}


@pytest.mark.parametrize(
	("roles", "rights"),
	[
		((), set()),
		(("Stranger",), set()),
		(("Reader",), {"read"}),
		(("Writer",), {"read", "write", "create"}),
		(("Reader", "Writer"), {"read", "write", "create"}),
	],
)
def test_roles_add_up(roles: tuple[str, ...], rights: set[str]) -> None:
	answer = rules.role_permissions(ROWS, roles, is_owner=False)
	assert granted(answer) == rights
	assert not answer["has_if_owner_enabled"]


def test_owner_rights_list_but_do_not_write_what_is_not_owned() -> None:
	answer = rules.role_permissions(ROWS, ["Owner"], is_owner=False)
	assert granted(answer) == {"read", "create"}
	assert answer["if_owner"] == {"read": 0, "write": 0, "delete": 0}
	assert rules.needs_owner_filter(answer)
	on_document = rules.document_permissions(answer, False, True, True, True)
	assert not on_document["read"] and not on_document["write"]


def test_owner_rights_hold_for_the_owner() -> None:
	answer = rules.role_permissions(ROWS, ["Owner"], is_owner=True)
	on_document = rules.document_permissions(answer, True, False, False, True)
	assert on_document["read"] and on_document["write"] and on_document["delete"]
	assert not on_document["submit"] and not on_document["import"]


def test_a_right_for_all_documents_lifts_the_owner_filter() -> None:
	answer = rules.role_permissions(ROWS, ["Owner", "Reader"], is_owner=False)
	assert "read" not in answer["if_owner"]
	assert not rules.needs_owner_filter(answer)
	on_document = rules.document_permissions(answer, False, False, False, True)
	assert on_document["read"] and not on_document["write"]


def test_user_permissions_leave_the_owner_his_owner_rights_only() -> None:
	answer = rules.role_permissions(ROWS, ["Owner"], is_owner=True)
	assert rules.document_permissions(answer, True, False, False, False)["write"]
	assert not rules.document_permissions(answer, True, False, False, False)["create"]
	writer = rules.role_permissions(ROWS, ["Writer"], is_owner=False)
	assert rules.document_permissions(writer, False, False, False, False) == {}


@pytest.mark.parametrize(
	("value", "strict", "is_refused"),
	[
		("south", False, False),
		("north", False, True),
		(None, False, False),
		("", True, True),
		(None, True, True),
	],
)
def test_links_outside_user_permissions_refuse(value: str | None, strict: bool, is_refused: bool) -> None:
	link = rules.LinkValue("Region", value, "Region")
	refusal = rules.refused_by_user_permissions({"Region": SOUTH}, "Case", "c1", [link], strict)
	assert (refusal is not None) is is_refused
	if refusal:
		assert refusal.link == link


def test_the_document_itself_is_judged_once_it_is_stored() -> None:
	assert rules.refused_by_user_permissions(
		{"Region": SOUTH}, "Region", "north", [], False
	) == rules.Refusal(None)
	assert rules.refused_by_user_permissions({"Region": SOUTH}, "Region", "south", [], False) is None
	assert rules.refused_by_user_permissions({"Region": SOUTH}, "Region", None, [], False) is None


def test_a_limit_for_another_doctype_does_not_count() -> None:
	elsewhere = [{"doc": "south", "applicable_for": "Invoice"}]
	link = rules.LinkValue("Region", "north", "Region")
	assert rules.refused_by_user_permissions({"Region": elsewhere}, "Case", "c1", [link], False) is None
	assert (
		rules.refused_by_user_permissions({"Region": elsewhere}, "Invoice", "i1", [link], False) is not None
	)


def test_a_new_document_gets_the_default_or_the_only_value() -> None:
	two = [{"doc": "a"}, {"doc": "b", "is_default": 1}]
	assert rules.default_value(two, "Case") == "b"
	assert rules.default_value(SOUTH, "Case") == "south"
	assert rules.default_value([{"doc": "a"}, {"doc": "b"}], "Case") is None


def test_levels_need_a_role_of_that_level() -> None:
	assert rules.readable_levels(ROWS, ["Writer"]) == {0}
	assert rules.readable_levels(ROWS, ["Reader"]) == {0, 1}
	assert rules.readable_levels(ROWS, ["Writer"], "delete") == set()
