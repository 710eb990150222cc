"""A small Markdown: headings, lists, quotes, code, tables of text, emphasis, links, images, paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_INLINE: tuple[tuple[str, str], ...] = (
	(r"`([^`]+)`", r"<code>\1</code>"),
	(r"!\[([^\]]*)\]\(([^)\s]+)\)", r'<img src="\2" alt="\1">'),
	(r"\[([^\]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>'),
	(r"\*\*(.+?)\*\*", r"<strong>\1</strong>"),
	(r"__(.+?)__", r"<strong>\1</strong>"),
	(r"(?<![\w*])\*([^*\s][^*]*)\*", r"<em>\1</em>"),
	(r"(?<!\w)_([^_\s][^_]*)_(?!\w)", r"<em>\1</em>"),
	(r"~~(.+?)~~", r"<del>\1</del>"),
)


def to_html(text: str) -> str:
	"""Return Markdown as clean HTML; HTML in it is kept as far as it is harmless."""
	from frappe.utils.html_utils import sanitize_html

	return sanitize_html("\n".join(_block(block) for block in _blocks(text)), always_sanitize=True)


def _blocks(text: str) -> list[str]:
	fenced = re.split(r"(^```.*?^```\s*$)", text.replace("\r\n", "\n"), flags=re.M | re.S)
	blocks: list[str] = []
	for index, part in enumerate(fenced):
		blocks += [part] if index % 2 else [block for block in re.split(r"\n\s*\n", part) if block.strip()]
	return blocks


def _block(block: str) -> str:
	for pattern, render in _RENDERERS:
		if re.match(pattern, block):
			return render(block)
	return f"<p>{_inline(block.strip())}</p>"


def _inline(text: str) -> str:
	for pattern, replacement in _INLINE:
		text = re.sub(pattern, replacement, text)
	return re.sub(r"  \n", "<br>\n", text)


def _code(block: str) -> str:
	body = re.sub(r"^```.*\n|\n?```\s*$", "", block)
	return f"<pre><code>{html.escape(body)}</code></pre>"


def _heading(block: str) -> str:
	line, _, rest = block.strip().partition("\n")
	level = len(line) - len(line.lstrip("#"))
	heading = f"<h{level}>{_inline(line[level:].strip(' #'))}</h{level}>"
	return heading + (f"\n{_block(rest)}" if rest.strip() else "")


def _items(block: str, marker: str) -> str:
	items = re.split(rf"^\s*{marker}\s+", block, flags=re.M)[1:]
	return "".join(f"<li>{_inline(item.strip())}</li>" for item in items)


def _bullets(block: str) -> str:
	return f"<ul>{_items(block, '[-*+]')}</ul>"


def _numbers(block: str) -> str:
	return f"<ol>{_items(block, r'[0-9]+[.)]')}</ol>"


def _quote(block: str) -> str:
	return f"<blockquote>{_block(re.sub(r'^> ?', '', block, flags=re.M))}</blockquote>"


def _table(block: str) -> str:
	rows = [
		[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.strip().splitlines()
	]
	head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])
	body = "".join(
		"<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:]
	)
	return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_RENDERERS: tuple[tuple[str, Callable[[str], str]], ...] = (
	(r"```", _code),
	(r"\s*#{1,6}\s", _heading),
	(r"\s*[-*_]{3,}\s*$", lambda _block: "<hr>"),
	(r"\s*[-*+]\s", _bullets),
	(r"\s*\d+[.)]\s", _numbers),
	(r">", _quote),
	(r"\|.*\n\s*\|?\s*:?-+", _table),
	(r"\s*<(div|p|table|ul|ol|h\d|pre|blockquote|section|hr|img)\b", str),
)
