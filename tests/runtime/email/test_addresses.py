from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.email.addresses import check_address, plain, split_addresses


@pytest.mark.parametrize(
	("value", "expected"),
	[
		(None, []),
		("", []),
		("a@x.cn", ["a@x.cn"]),
		("a@x.cn, B <b@x.cn>; c@x.cn", ["a@x.cn", "b@x.cn", "c@x.cn"]),
		("a@x.cn\nb@x.cn", ["a@x.cn", "b@x.cn"]),
		(["a@x.cn", "李明 <b@x.cn>", "a@x.cn"], ["a@x.cn", "b@x.cn"]),
	],
)
def test_addresses_are_read(value: Any, expected: list[str]) -> None:
	assert split_addresses(value) == expected


@pytest.mark.parametrize(
	"address", ["nobody", "@x.cn", "a@", "a b@x.cn", "a@x.cn\r\nBcc: b@x.cn", "a@x.cn\nb", "a,b@x.cn"]
)
def test_what_is_no_address_is_refused(db: Any, address: str) -> None:
	with pytest.raises(frappe.InvalidEmailAddressError):
		check_address(address)


def test_a_list_entry_with_a_line_break_is_refused(db: Any) -> None:
	with pytest.raises(frappe.InvalidEmailAddressError):
		split_addresses(["a@x.cn\r\nBcc: b@x.cn"])


def test_plain_takes_the_address_out_of_a_header() -> None:
	assert plain("李明 <a@x.cn>") == "a@x.cn"
	assert plain(None) == ""
