"""The host's Error Log keeps the words of an error and, on Frappe, the values of every variable it passed."""

import re
from typing import Any

from crisis_intervention.access.closures.subject import is_confidential
from crisis_intervention.access.protected import APP
from crisis_intervention.seed.guard import own_doctypes

_TRACEBACK = re.compile(r"Traceback [^\n]*most recent call last")
_FRAME = re.compile(r'^\s*File "[^"]*", line \d+, in \S+\s*$')
_KIND = re.compile(r"^((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit|Warning|Found|Failed))\b")


def keep_places_only(doc: Any, method: str | None = None) -> None:
	"""Leave the places and the kind of an error that touched a record of this app, and none of its words.

	:param doc: Error Log document about to be written
	"""
	text = doc.get("error") or ""
	if not (_TRACEBACK.search(text) or is_confidential(doc.get("reference_doctype"))):
		# What the app logs itself is codes.
		return
	if is_confidential(doc.get("reference_doctype")) or is_about_records(f"{doc.get('method')}\n{text}"):
		doc.error = places_of(text)
		doc.method = kind_of(text)


def is_about_records(text: str) -> bool:
	"""Say whether a traceback passes this app or names one of its DocTypes, as document, table or class.

	:param text: traceback, with the values of variables or without
	"""
	return APP in text or any(_names(text, doctype) for doctype in own_doctypes() if " " in doctype)


def places_of(text: str) -> str:
	"""Return the files, lines and functions of a traceback and the kind of the error.

	:param text: traceback
	"""
	lines = [line.strip() for line in text.splitlines() if _FRAME.match(line)]
	return "\n".join([*lines, kind_of(text)])


def kind_of(text: str) -> str:
	"""Return the name of the error at the end of a traceback, or `Error`.

	:param text: traceback; its last line without indent that begins with a kind of error counts
	"""
	found = [match[1] for line in text.splitlines() if (match := _KIND.match(line))]
	return found[-1] if found else "Error"


def _names(text: str, doctype: str) -> bool:
	return doctype in text or doctype.replace(" ", "") in text
