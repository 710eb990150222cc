"""The text of a mail, in HTML and plain."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import frappe

_BLOCK_END = re.compile(r"</(p|div|h[1-6]|li|tr|table|ul|ol|blockquote)>|<br\s*/?>", re.I)
_DROPPED = re.compile(r"<(style|script|head)\b.*?</\1>", re.I | re.S)
_LINK = re.compile(r"<a\b[^>]*href=[\"']([^\"']+)[\"'][^>]*>(.*?)</a>", re.I | re.S)
_TAG = re.compile(r"<[^>]+>")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"></head>
<body style="font-family: sans-serif; font-size: 14px; line-height: 1.5">
{content}
</body></html>"""


def render(
	message: str | None, template: str | None, args: dict[str, Any] | None, as_markdown: bool = False
) -> str:
	"""Return the HTML of a mail's message.

	Args:
		message: HTML, or Markdown with `as_markdown`.
		template: name of `templates/emails/<template>.html` of an app, used instead of `message`.
		args: values of the template.
	"""
	if template:
		return frappe.get_template(f"templates/emails/{template}.html").render(args or {})
	if as_markdown:
		return frappe.utils.md_to_html(message or "")
	return message or ""


def page(content: str, footer: str = "") -> str:
	"""Return a whole HTML page around a mail's content."""
	return PAGE.format(content=content + (f"\n<hr>\n<small>{footer}</small>" if footer else ""))


def to_text(html: str) -> str:
	"""Return an HTML message as plain text; the address of a link follows its words."""
	text = _DROPPED.sub("", html)
	text = _LINK.sub(_written_link, text)
	text = _BLOCK_END.sub("\n", text)
	text = unescape(_TAG.sub("", text))
	lines = "\n".join(line.strip() for line in text.splitlines())
	return _EMPTY_LINES.sub("\n\n", lines).strip() + "\n"


def _written_link(match: re.Match) -> str:
	address, words = match.group(1), match.group(2)
	return words if _TAG.sub("", words).strip() == address else f"{words} ({address})"
