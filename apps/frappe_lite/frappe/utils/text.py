"""Text: conversion, lists in words, random strings."""

from __future__ import annotations

import json
import re
import secrets
import string
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import frappe
from frappe.kernel.apps import scrub as scrub
from frappe.kernel.apps import unscrub as unscrub


def cstr(s: Any, encoding: str = "utf-8") -> str:
	"""Return a value as text, "" for None."""
	if isinstance(s, str):
		return s
	if s is None:
		return ""
	return s.decode(encoding) if isinstance(s, bytes) else str(s)


def encode(obj: Any, encoding: str = "utf-8") -> Any:
	"""Return a list's texts as bytes; anything else as it is."""
	if isinstance(obj, list):
		return [item.encode(encoding) if isinstance(item, str) else item for item in obj]
	return obj.encode(encoding) if isinstance(obj, str) else obj


def safe_encode(param: Any, encoding: str = "utf-8") -> Any:
	"""Return text as bytes; anything else as it is."""
	return param.encode(encoding) if isinstance(param, str) else param


def safe_decode(param: Any, encoding: str = "utf-8", fallback_map: dict | None = None) -> Any:
	"""Return bytes as text; what cannot be decoded as it is."""
	if not isinstance(param, bytes):
		return param
	try:
		return param.decode((fallback_map or {}).get(encoding, encoding))
	except (UnicodeDecodeError, LookupError):
		return param


def strip(val: str, chars: str | None = None) -> str:
	"""Return a text without white space and byte order marks at its ends."""
	return (val or "").replace("\ufeff", "").replace("\u200b", "").strip(chars)


def comma_or(some_list: Any, add_quotes: bool = True) -> Any:
	"""Return "a, b or c" in the user's language."""
	return comma_sep(some_list, frappe._("{0} or {1}"), add_quotes)


def comma_and(some_list: Any, add_quotes: bool = True) -> Any:
	"""Return "a, b and c" in the user's language."""
	return comma_sep(some_list, frappe._("{0} and {1}"), add_quotes)


def comma_sep(some_list: Any, pattern: str, add_quotes: bool = True) -> Any:
	"""Return a list in words; anything else as it is.

	Args:
		pattern: text with {0} for all but the last and {1} for the last.
		add_quotes: put each between quotes when there are several.
	"""
	if not isinstance(some_list, list | tuple):
		return some_list
	words = [str(item) for item in some_list]
	if len(words) < 2:
		return "".join(words)
	words = [f"'{word}'" for word in words] if add_quotes else [str(frappe._(word)) for word in words]
	return pattern.format(", ".join(words[:-1]), words[-1])


def new_line_sep(some_list: Any) -> Any:
	"""Return a list as lines; anything else as it is."""
	if not isinstance(some_list, list | tuple):
		return some_list
	return "\n".join(str(item) for item in some_list)


def random_string(length: int) -> str:
	"""Return random letters and digits."""
	return "".join(secrets.choice(string.ascii_letters + string.digits) for _position in range(length))


def unique(seq: Iterable) -> list:
	"""Return the members of a sequence once each, in their order."""
	return list(dict.fromkeys(seq))


def dict_to_str(args: dict, sep: str = "&") -> str:
	"""Return a dict as `key=value` pairs."""
	return sep.join(f"{key}={quote(str(value or ''))}" for key, value in args.items())


def list_to_str(seq: Iterable, sep: str = ", ") -> str:
	"""Return a sequence joined by `sep`."""
	return sep.join(map(str, seq))


def cast_fieldtype(fieldtype: str, value: Any, show_warning: bool = True) -> Any:
	"""Return a value as a field's type, see `frappe.utils.cast`."""
	return frappe.utils.cast(fieldtype, value)


def orderby_columns(order_by: str) -> list[str]:
	"""Return the columns of an `order by` clause."""
	return [part.strip().split(" ")[0] for part in order_by.split(",")]


def bold(text: str) -> str:
	"""Return a text in bold type."""
	return frappe.bold(text)


def filter_strip_join(some_list: list[str], sep: str) -> str:
	"""Return the texts of a list that are not empty, without white space at their ends, joined."""
	return cstr(sep).join(cstr(item).strip() for item in filter(None, some_list))


def pad_for_sort(text: str, width: int = 10) -> str:
	"""Return a text whose numbers are padded so that texts sort as people count."""
	return re.sub(r"\d+", lambda match: match.group().zfill(width), text)


def slug(text: str) -> str:
	"""Return a name as it stands in addresses: `student-case`."""
	return text.lower().replace(" ", "-")


def ascii_only(text: str) -> str:
	"""Return a text without letters outside of ASCII."""
	return text.encode("ascii", "ignore").decode()


def safe_json_loads(*args: Any) -> Any:
	"""Return arguments parsed as JSON where they are JSON; one argument gives one value."""
	results = [_loaded(arg) for arg in args]
	return results[0] if len(results) == 1 else results


def _loaded(value: Any) -> Any:
	try:
		return json.loads(value)
	except (TypeError, ValueError):
		return value


def dictify(arg: Any) -> Any:
	"""Return lists and dicts with every dict as _dict."""
	if isinstance(arg, list):
		return [dictify(item) for item in arg]
	return frappe._dict(arg) if isinstance(arg, dict) else arg


def mask_string(input_string: str, show_first: int = 4, show_last: int = 3, mask_char: str = "*") -> str:
	"""Return a text with all but its first and last characters hidden."""
	if len(input_string) <= show_first + show_last:
		return mask_char * len(input_string)
	hidden = mask_char * (len(input_string) - show_first - show_last)
	return input_string[:show_first] + hidden + input_string[len(input_string) - show_last :]


def make_esc(esc_chars: str) -> Any:
	"""Return a function that puts a backslash before characters of a text."""
	return lambda text: "".join(f"\\{char}" if char in esc_chars else char for char in text)
