"""Comments: the short copy that lists show in `_comments`."""

from __future__ import annotations

import json
from typing import Any

import frappe

KEPT_COMMENTS = 100
SHOWN_LETTERS = 100


def shorten(content: str | None) -> str:
	"""Return the beginning of a comment as lists show it."""
	text = content or ""
	return f"{text[:97]}..." if len(text) > SHOWN_LETTERS else text


def read_copies(doctype: str, name: str) -> list[dict[str, Any]]:
	"""Return the copies {"comment", "by", "name"} that a document's row holds."""
	try:
		stored = frappe.db.get_value(doctype, name, "_comments")
	except Exception as error:
		if not frappe.db.is_missing_column(error):
			raise
		return []
	return json.loads(stored or "[]")


def update_copies(comment: Any) -> None:
	"""Write a comment's copy into the row of its document."""
	doctype, name = comment.reference_doctype, comment.reference_name
	if not _keeps_copies(comment):
		return
	copies = read_copies(doctype, name)
	copy = {
		"comment": shorten(comment.content),
		"by": comment.comment_email or comment.owner,
		"name": comment.name,
	}
	known = [entry["name"] for entry in copies]
	if comment.name in known:
		copies[known.index(comment.name)] = copy
	else:
		copies.append(copy)
	_write(doctype, name, copies)


def remove_copy(comment: Any) -> None:
	"""Take a comment's copy out of the row of its document."""
	if _keeps_copies(comment):
		doctype, name = comment.reference_doctype, comment.reference_name
		_write(
			doctype, name, [entry for entry in read_copies(doctype, name) if entry["name"] != comment.name]
		)


def _keeps_copies(comment: Any) -> bool:
	if comment.comment_type != "Comment" or not (comment.reference_doctype and comment.reference_name):
		return False
	meta = frappe.get_meta(comment.reference_doctype)
	return not (meta.issingle or meta.is_virtual)


def _write(doctype: str, name: str, copies: list[dict[str, Any]]) -> None:
	frappe.db.set_value(
		doctype,
		name,
		"_comments",
		json.dumps(copies[-KEPT_COMMENTS:], ensure_ascii=False),
		update_modified=False,
	)
