"""Small pages of the runtime itself: errors and messages, in Chinese or English, without internal details."""

from __future__ import annotations

import html
from typing import Any

from werkzeug.wrappers import Response

import frappe

TEXTS: dict[int, dict[str, tuple[str, str]]] = {
	400: {
		"zh": ("请求无效", "请刷新页面后重试。"),
		"en": ("Invalid request", "Please reload the page and try again."),
	},
	401: {
		"zh": ("请先登录", "登录已过期,或尚未登录。"),
		"en": ("Please sign in", "Your session has expired, or you are not signed in."),
	},
	403: {
		"zh": ("没有权限", "您没有查看此页面的权限。"),
		"en": ("Not permitted", "You do not have the permission to see this page."),
	},
	404: {
		"zh": ("页面不存在", "您要找的页面不存在。"),
		"en": ("Not found", "The page you are looking for does not exist."),
	},
	405: {
		"zh": ("请求方式不支持", "此地址不接受这种请求。"),
		"en": ("Method not allowed", "This address does not take requests of this kind."),
	},
	413: {
		"zh": ("内容过大", "上传的内容超过了允许的大小。"),
		"en": ("Too large", "What was sent is larger than allowed."),
	},
	429: {
		"zh": ("请求过于频繁", "请稍后再试。"),
		"en": ("Too many requests", "Please try again later."),
	},
	500: {
		"zh": ("服务器出错", "出现了意外错误,已记录,请稍后再试。"),
		"en": ("Server error", "Something unexpected happened. It was noted; please try again later."),
	},
	503: {
		"zh": ("正在维护", "站点正在更新,请稍后再试。"),
		"en": ("Under maintenance", "The site is being updated. Please try again shortly."),
	},
}
STYLE = (
	"body{font-family:system-ui,'PingFang SC','Microsoft YaHei',sans-serif;margin:0;background:#f6f7f9}"
	"main{max-width:34rem;margin:15vh auto;padding:2rem;background:#fff;border-radius:12px;color:#1f2933}"
	"h1{font-size:1.4rem;margin-top:0}a{color:#1a6fb5}"
)


def _language() -> str:
	lang = getattr(frappe.local, "lang", None) or "zh"
	return "zh" if lang.startswith("zh") else "en"


def plain_page(status: int) -> Response:
	"""Return the page of a status; it needs no site."""
	texts = TEXTS.get(status) or TEXTS[500 if status >= 500 else 400]
	language = _language()
	title, body = texts[language]
	return Response(_document(title, html.escape(body), language), status=status, mimetype="text/html")


def error_page(status: int) -> Response:
	"""Return the page of an error; messages meant for people are shown, nothing else."""
	messages = [str(entry.get("message") or "") for entry in frappe.get_message_log()]
	if not messages or status >= 500:
		return plain_page(status)
	from frappe.utils.html_utils import strip_html_tags

	texts = TEXTS.get(status) or TEXTS[400]
	title = texts[_language()][0]
	body = "<br>".join(html.escape(strip_html_tags(text)) for text in messages if text)
	return Response(_document(title, body, _language()), status=status, mimetype="text/html")


def message_page(title: str, body: str, status: int = 200, context: dict[str, Any] | None = None) -> Response:
	"""Return a page with a message.

	Args:
		title: plain text.
		body: HTML.
		context: `primary_action` and `primary_label` make a link below it.
	"""
	link = ""
	label = (context or {}).get("primary_label")
	if label:
		target = html.escape(str((context or {}).get("primary_action") or "/"), quote=True)
		link = f'<p><a href="{target}">{html.escape(str(label))}</a></p>'
	return Response(_document(title, body + link, _language()), status=status, mimetype="text/html")


def document(title: str, body: str, style: str = "") -> str:
	"""Return a whole page in the language of the request.

	Args:
		title: plain text.
		body: HTML of the page, the heading included.
		style: CSS after the page's own.
	"""
	language = _language()
	# A style sheet must not end its own element.
	style = style.replace("</", "<\\/")
	return (
		f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
		'<meta name="viewport" content="width=device-width, initial-scale=1">'
		f"<title>{html.escape(title)}</title><style>{STYLE}{style}</style></head>"
		f"<body><main>{body}</main></body></html>"
	)


def _document(title: str, body: str, language: str) -> str:
	home = "返回首页" if language == "zh" else "Home"
	text = f'<h1>{html.escape(title)}</h1><div>{body}</div><p><a href="/">{home}</a></p>'
	return document(title, text)
