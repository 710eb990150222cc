"""Addresses of mails: read, checked, and safe to stand in a header."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import formataddr, getaddresses, parseaddr

import frappe
from frappe import _

BREAKS = ("\r", "\n", "\x00")


def split_addresses(value: str | Iterable[str] | None) -> list[str]:
	"""Return the distinct plain addresses in a text or list, in their order.

	Args:
		value: "a@x.y, B <b@x.y>", or a list of such texts.

	Raises:
		frappe.InvalidEmailAddressError: one is no address, or holds a line break.
	"""
	if not value:
		return []
	texts = [value.replace("\n", ",").replace(";", ",")] if isinstance(value, str) else list(value)
	for text in texts:
		refuse_breaks(text)
	found = [address for _name, address in getaddresses(texts) if address]
	for address in found:
		check_address(address)
	return list(dict.fromkeys(found))


def check_address(address: str) -> None:
	"""Refuse what is no address.

	Raises:
		frappe.InvalidEmailAddressError
	"""
	refuse_breaks(address)
	local, at, domain = address.rpartition("@")
	if not (local and at and domain) or any(letter.isspace() or letter in "<>,;" for letter in address):
		frappe.throw(_("{0} is not a valid Email Address").format(address), frappe.InvalidEmailAddressError)


def refuse_breaks(text: str) -> None:
	"""Refuse a text that would add headers of its own to a mail.

	Raises:
		frappe.InvalidEmailAddressError
	"""
	if any(letter in text for letter in BREAKS):
		frappe.throw(_("A mail's addresses must not hold line breaks"), frappe.InvalidEmailAddressError)


def with_name(name: str | None, address: str) -> str:
	"""Return "Name <address>", encoded for a header; the address alone without a name."""
	return formataddr((name, address)) if name else address


def plain(address: str | None) -> str:
	"""Return the address in "Name <address>", "" without one."""
	return parseaddr(address or "")[1]
