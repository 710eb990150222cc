"""Checks of what users type: e-mail addresses, telephone numbers, names, addresses, code."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlparse

import frappe
from frappe.utils.text import cstr

EMAIL = re.compile(r"^[^\s@,;<>()\[\]\\\"]+@(?:[^\s@,;<>()\[\]\\\".]+\.)*[^\s@,;<>()\[\]\\\".]+$")
EMAIL_IN_TEXT = re.compile(r"[^\s@,;<>()\[\]\\\"]+@[^\s@,;<>()\[\]\\\"]+")
PHONE = re.compile(r"[0-9 +_\-,.*#()]{1,20}$")
NAME = re.compile(r"^\w[\w'\-]*( \w[\w'\-]*)*$")
STANDARD_USERS = ("Administrator", "Guest")


def validate_email_address(email_str: Any, throw: bool = False) -> str:
	"""Return the valid addresses of a text, "" when there is none.

	Args:
		email_str: one address or several separated by commas, with or without names.
		throw: refuse a text with an invalid address.

	Raises:
		frappe.InvalidEmailAddressError: an address is invalid and `throw` is given.
	"""
	found = [_valid_address(part.strip(), throw) for part in split_emails(cstr(email_str))]
	return ", ".join(filter(None, found))


def _valid_address(text: str, throw: bool) -> str | None:
	if not text:
		return None
	address = parseaddr(text)[1] or text
	if text in STANDARD_USERS or (EMAIL.match(address) and len(address) <= 320):
		return text if text in STANDARD_USERS else address
	if throw:
		frappe.throw(
			frappe._("{0} is not a valid Email Address").format(frappe.utils.escape_html(text)),
			frappe.InvalidEmailAddressError,
		)
	return None


def split_emails(txt: str) -> list[str]:
	"""Return the addresses of a text, separated by commas, semicolons or lines; commas in quotes stay."""
	parts = re.split(r"[,;\n](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", cstr(txt))
	cleaned = (" ".join(part.split()) for part in parts)
	return [part for part in cleaned if part]


def extract_email_id(email: str) -> str:
	"""Return the address of a text such as `Name <a@b.cn>`."""
	return parse_addr(email)[1]


def parse_addr(email_string: str) -> tuple[str | None, str]:
	"""Return (name, address) of a text such as `Name <a@b.cn>`."""
	name, address = parseaddr(email_string or "")
	if EMAIL.match(address):
		return (name or get_name_from_email_string(email_string, address, name), address)
	found = EMAIL_IN_TEXT.findall(email_string or "")
	if found:
		return get_name_from_email_string(email_string, found[0], name), found[0]
	return None, email_string


def get_name_from_email_string(email_string: str, email_id: str, name: str | None) -> str:
	"""Return the name that stands beside an address."""
	rest = (email_string or "").replace(email_id, "")
	return re.sub(r"[^\w\u00c0-\u024f\u4e00-\u9fff .@ ]", "", rest).strip() or email_id


def sanitize_email(emails: str) -> str:
	"""Return the valid addresses of a text with their names."""
	pairs = (parse_addr(text) for text in split_emails(emails))
	return ", ".join(formataddr(pair) for pair in pairs if validate_email_address(pair[1]))


def get_formatted_email(user: str, mail: str | None = None) -> str:
	"""Return a user's name and address, `Name <a@b.cn>`."""
	address = mail or frappe.db.get_value("User", user, "email") or ""
	address = validate_email_address(address)
	return formataddr((get_fullname(user), address)) if address else ""


def get_fullname(user: str | None = None) -> str:
	"""Return a user's full name, the current one's unless named."""
	user = user or frappe.session.user
	name = frappe.get_cached_value("User", user, "full_name") if user else None
	if not name and user:
		name = frappe.db.get_value("User", user, "full_name", ignore=True)
	return name or user or ""


def get_email_address(user: str | None = None) -> str | None:
	"""Return a user's address."""
	return frappe.db.get_value("User", user or frappe.session.user, "email")


def validate_phone_number(phone_number: Any, throw: bool = False) -> bool:
	"""Tell whether a text is a telephone number.

	Raises:
		frappe.InvalidPhoneNumberError: it is none and `throw` is given.
	"""
	text = cstr(phone_number).strip()
	valid = bool(text and PHONE.match(text))
	if not valid and throw:
		frappe.throw(
			frappe._("{0} is not a valid Phone Number").format(frappe.utils.escape_html(text)),
			frappe.InvalidPhoneNumberError,
		)
	return valid


def validate_phone_number_with_country_code(phone_number: str, fieldname: str) -> None:
	"""Refuse a text that is no telephone number with a country code such as `+86-13900000000`.

	Raises:
		frappe.InvalidPhoneNumberError: it is none.
	"""
	if re.fullmatch(r"\+\d{1,4}[- ]?[\d \-()]{4,18}", cstr(phone_number).strip()):
		return
	frappe.throw(
		frappe._("Phone Number {0} set in field {1} is not valid.").format(
			frappe.utils.escape_html(phone_number), frappe.bold(fieldname)
		),
		frappe.InvalidPhoneNumberError,
		title=frappe._("Invalid Phone Number"),
	)


def validate_name(name: Any, throw: bool = False) -> bool:
	"""Tell whether a text can be a person's name.

	Raises:
		frappe.InvalidNameError: it cannot and `throw` is given.
	"""
	text = cstr(name).strip()
	valid = bool(NAME.match(text))
	if not valid and throw:
		frappe.throw(
			frappe._("{0} is not a valid Name").format(frappe.utils.escape_html(text)),
			frappe.InvalidNameError,
		)
	return valid


def validate_url(txt: str, throw: bool = False, valid_schemes: str | list | tuple | None = None) -> bool:
	"""Tell whether a text is an address.

	Args:
		valid_schemes: schemes the address may have.

	Raises:
		frappe.ValidationError: it is none and `throw` is given.
	"""
	url = urlparse(cstr(txt))
	valid = bool(url.netloc) or (url.scheme in ("mailto", "tel") and bool(url.path))
	if valid_schemes:
		schemes = (valid_schemes,) if isinstance(valid_schemes, str) else valid_schemes
		valid = valid and url.scheme in schemes
	if not valid and throw:
		frappe.throw(
			frappe._("'{0}' is not a valid URL").format(frappe.bold(frappe.utils.escape_html(cstr(txt))))
		)
	return valid


def validate_python_code(
	string: str, fieldname: str | None = None, is_expression: bool = True, python_version: Any = None
) -> None:
	"""Refuse a text that is no Python code.

	Args:
		fieldname: field the message names.
		is_expression: one expression instead of statements.
	"""
	string = (string or "").strip()
	if not string:
		return
	try:
		compile(string, "<string>", "eval" if is_expression else "exec")
	except SyntaxError as error:
		place = frappe._("Line {0}").format(error.lineno) if error.lineno else ""
		message = f"{place} {error.msg}".strip()
		frappe.throw(frappe._("Invalid code in {0}: {1}").format(frappe.bold(fieldname or ""), message))
	except ValueError as error:
		frappe.throw(frappe._("Invalid code: {0}").format(error))


def validate_json_string(string: str) -> None:
	"""Refuse a text that is no JSON."""
	import json

	try:
		json.loads(string)
	except (TypeError, ValueError):
		frappe.throw(frappe._("Invalid JSON string"))


def is_valid_email_or_phone(text: str) -> bool:
	"""Tell whether a text is an e-mail address or a telephone number."""
	return bool(validate_email_address(text) or validate_phone_number(text))


def is_markdown(text: str) -> bool:
	"""Tell whether a text looks like Markdown and not like HTML."""
	if "<!-- markdown -->" in text:
		return True
	if "<!-- html -->" in text:
		return False
	return not re.search(r"<p[\s>]|<br[\s/>]", text)
