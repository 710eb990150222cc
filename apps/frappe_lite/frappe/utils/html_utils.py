"""HTML: cleaning what users send, escaping, plain text."""

from __future__ import annotations

import html
import json
import re
from typing import Any

HTML_TAG = re.compile(r"<[^>]*>")
SCRIPT_OR_STYLE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_ESCAPES = {"&": "&amp;", '"': "&quot;", "'": "&apos;", ">": "&gt;", "<": "&lt;", "`": "&grave;"}
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def _words(text: str) -> list[str]:
	return text.split()


TAGS = frozenset(
	_words(
		"""a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center
		circle cite code col colgroup dd del details dfn dir div dl dt em fieldset figcaption figure
		font footer form g h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label legend li line main
		map mark menu meter nav ol optgroup option output p path polygon polyline pre progress q
		rect rp rt ruby s samp section select small source span strike strong sub summary sup svg
		table tbody td textarea tfoot th thead time tr tt u ul var video"""
	)
)
PLAIN_TAGS = frozenset(_words("b br div em i li ol p strong table tbody td thead tr u ul"))
ATTRIBUTES = frozenset(
	_words(
		"""align alt aria-label axis bgcolor border cellpadding cellspacing char cite class clear color
		cols colspan coords cx cy d datetime dir disabled face fill for headers height hidden href
		hreflang id ismap label lang list max maxlength media min name noshade nowrap open
		placeholder points r rel role rows rowspan rules scope shape size span src start stroke
		style summary tabindex target title type valign value viewbox vspace width x x1 x2 y y1 y2"""
	)
)


def escape_html(text: Any) -> Any:
	"""Return a text with characters of HTML escaped; anything else as it is."""
	if not isinstance(text, str):
		return text
	return "".join(_ESCAPES.get(char, char) for char in text)


def strip_html(text: str) -> str:
	"""Return a text without tags."""
	return HTML_TAG.sub("", text or "")


def strip_html_tags(text: str) -> str:
	"""Return a text without tags."""
	return strip_html(text)


def is_html(text: str) -> bool:
	"""Tell whether a text holds tags."""
	return bool(isinstance(text, str) and re.search(r"<[a-z!/][^>]*>", text, re.I))


def sanitize_html(
	html_text: Any, linkify: bool = False, always_sanitize: bool = False, **_options: Any
) -> Any:
	"""Return HTML without scripts, event handlers and dangerous addresses; plain text and JSON as it is.

	Args:
		linkify: make addresses links.
		always_sanitize: clean also what looks like plain text.
	"""
	if not isinstance(html_text, str) or is_json(html_text):
		return html_text
	if not always_sanitize and not is_html(html_text):
		return html_text
	return _clean(html_text, TAGS, ATTRIBUTES)


def clean_html(html_text: Any) -> Any:
	"""Return HTML with a few plain tags only."""
	if not isinstance(html_text, str):
		return html_text
	return _clean(html_text, PLAIN_TAGS, frozenset())


def clean_email_html(html_text: Any) -> Any:
	"""Return HTML fit for an e-mail: no scripts, styles kept."""
	return sanitize_html(html_text, always_sanitize=True)


def clean_script_and_style(html_text: str) -> str:
	"""Return HTML without scripts and style sheets."""
	return SCRIPT_OR_STYLE.sub("", html_text)


def sanitize_column(column_name: str) -> None:
	"""Refuse a name of a column that holds more than a name; see `frappe.model.db_query`."""
	from frappe.model.db_query import DatabaseQuery

	DatabaseQuery(None).validate_order_by_and_group_by(column_name)


def _clean(text: str, tags: frozenset[str], attributes: frozenset[str]) -> str:
	import nh3

	return nh3.clean(
		text,
		tags=set(tags),
		attributes={"*": set(attributes)},
		generic_attribute_prefixes={"data-"} if attributes else None,
		link_rel=None,
		url_schemes={"http", "https", "mailto", "tel", "data"} if "img" in tags else {"http", "https"},
		filter_style_properties=None,
		attribute_filter=_keep_attribute,
	)


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
	"""Data addresses are for images only, and never for SVG, which can run scripts."""
	if attribute in ("href", "src") and value.strip().lower().startswith("data:"):
		is_image = tag == "img" and re.match(r"\s*data:image/(png|jpe?g|gif|webp);", value, re.I)
		return value if is_image else None
	if attribute == "style" and re.search(r"url\s*\(|expression|@import|javascript:", value, re.I):
		return None
	return value


def is_json(text: Any) -> bool:
	"""Tell whether a text is JSON."""
	try:
		json.loads(text)
	except (TypeError, ValueError):
		return False
	return True


def unescape_html(value: Any) -> Any:
	"""Return a text with the entities of HTML as characters."""
	return html.unescape(value) if isinstance(value, str) else value


def get_icon_html(icon: str, small: bool = False) -> str:
	"""Return the HTML of an icon: an emoji, an image's address or a class of an icon font."""
	icon = icon or ""
	if EMOJI.match(icon):
		return f'<span class="text-muted">{icon}</span>'
	if re.search(r"\.(png|jpe?g|gif|svg|webp)$|^(https?:)?/", icon):
		style = ' style="width: 16px; height: 16px;"' if small else ""
		return f'<img src="{escape_html(icon)}"{style}>'
	return f"<i class='{escape_html(icon)}'></i>"


def is_image(filepath: str) -> bool:
	"""Tell whether a file's name says it is an image."""
	import mimetypes

	return (mimetypes.guess_type(filepath or "")[0] or "").startswith("image/")


def get_thumbnail_base64_for_image(src: str) -> None:
	"""Return no thumbnail: images are shown as they are."""


def md_to_html(markdown_text: str | None) -> str | None:
	"""Return Markdown as HTML: headings, lists, emphasis, links, code and paragraphs."""
	from frappe.utils.markdown import to_html

	return None if markdown_text is None else to_html(markdown_text)


markdown = md_to_html


def to_markdown(html_text: str) -> str:
	"""Return HTML as text with its links in Markdown's form."""
	text = re.sub(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)", html_text or "", flags=re.I | re.S)
	text = re.sub(r"<(strong|b)>(.*?)</\1>", r"**\2**", text, flags=re.I | re.S)
	text = re.sub(r"<li[^>]*>", "\n- ", text, flags=re.I)
	text = re.sub(r"<br\s*/?>|</p>|</div>|</h\d>", "\n", text, flags=re.I)
	return html.unescape(strip_html(text)).strip()
