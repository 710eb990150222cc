"""The pages of a web form: they work without any script, and better with the form's own."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

import frappe
from frappe import _
from frappe.website.pages import document

LAYOUT = frozenset(("Section Break", "Column Break", "Page Break", "HTML", "Heading"))
INPUT_TYPES = {
	"Int": "number",
	"Float": "number",
	"Currency": "number",
	"Date": "date",
	"Datetime": "datetime-local",
	"Time": "time",
	"Phone": "tel",
	"Password": "password",
}
LONG_TYPES = frozenset(("Small Text", "Text", "Long Text", "Text Editor", "Code", "Markdown Editor"))
MAX_LINK_OPTIONS = 500
STYLE = (
	"main{margin:4vh auto;padding:1.5rem;max-width:36rem}"
	"h2{font-size:1rem;margin:1.5rem 0 .5rem}.hidden{display:none}"
	".frappe-control{margin:.9rem 0}.frappe-control label{display:block}"
	".frappe-control small{display:block;color:#5b6773;margin-top:.2rem}"
	"input:not([type=checkbox]),select,textarea{width:100%;box-sizing:border-box;min-height:44px;"
	"padding:.5rem .7rem;font:inherit;border:1px solid #c3ccd5;border-radius:8px;background:#fff;"
	"color:inherit}"
	".check{display:flex!important;align-items:center;gap:.6rem;min-height:44px}"
	".check input{width:1.25rem;height:1.25rem;flex:none;accent-color:#0f766e}"
	"button{min-height:48px;width:100%;font:inherit;border:0;border-radius:8px;"
	"background:#0f766e;color:#fff;cursor:pointer}"
	":focus-visible{outline:3px solid #5eead4;outline-offset:1px}"
	".web-form-errors{color:#b42318}.web-form-language{text-align:right;margin:0}"
)
OTHER_LANGUAGE = {"zh": ("en", "English"), "en": ("zh", "中文")}


def form_page(form: Any, values: dict[str, Any] | None = None, errors: list[str] | None = None) -> str:
	"""Return the page of a form.

	Args:
		form: Web Form document.
		values: what was filled in before, by fieldname.
		errors: messages above the form.
	"""
	context = build_context(form)
	meta = frappe.get_meta(form.doc_type)
	fields = "".join(
		_field(row, meta.get_field(row.fieldname), (values or {}).get(row.fieldname, row.default))
		for row in form.web_form_fields
		if not row.hidden
	)
	body = (
		f"{_language_link(form)}<h1>{_text(context.title)}</h1>"
		f'<div class="web-form-introduction">{context.introduction_text or ""}</div>'
		f'<div class="web-form-container"><div class="web-form-errors" role="alert">{_errors(errors)}</div>'
		f'<form id="web-form" method="post" action="/{_text(form.route)}" data-name="{_text(form.name)}">'
		f"{_token()}{fields}<p><button type=submit>{_text(_(form.button_label or 'Save'))}</button></p>"
		f"</form></div>{_success(context, hidden=True)}{_scripts(form, context)}"
	)
	return document(context.title, body, STYLE + (context.style or ""))


def success_page(form: Any, data: dict[str, Any]) -> str:
	"""Return the page that follows after the form was stored.

	Args:
		form: Web Form document.
		data: what `accept` answered.
	"""
	context = build_context(form)
	script = _scripts(form, context, data)
	body = f"<h1>{_text(context.title)}</h1>{_success(context, hidden=False)}{script}"
	return document(context.title, body, STYLE + (context.style or ""))


def build_context(form: Any) -> Any:
	"""Return what the page is made of: the form's texts, then what the module of a standard form says.

	A standard form may have `get_context` in its module and a script and a style beside it, as in Frappe.
	"""
	context = frappe._dict(
		title=_(form.title),
		introduction_text=_(form.introduction_text) if form.introduction_text else "",
		success_title=_(form.success_title) if form.success_title else "",
		success_message=_(form.success_message) if form.success_message else _("Thank you, it was sent."),
		script=form.client_script or "",
		style=form.custom_css or "",
		web_form_name=form.name,
		lang=frappe.local.lang,
	)
	module = _module_of(form)
	if module is None:
		return context
	if hasattr(module, "get_context"):
		context.update(module.get_context(context) or {})
	own_script, own_style = _beside(module, form, ".js"), _beside(module, form, ".css")
	if own_script:
		context.script = frappe.render_template(own_script, context)
	if own_style:
		context.style = own_style
	return context


def _module_of(form: Any) -> ModuleType | None:
	if not form.is_standard:
		return None
	from frappe.modules.utils import get_module_app

	name = frappe.scrub(form.name)
	path = f"{get_module_app(form.module)}.{frappe.scrub(form.module)}.web_form.{name}.{name}"
	try:
		return frappe.get_module(path)
	except ModuleNotFoundError:
		return None


def _beside(module: ModuleType, form: Any, extension: str) -> str:
	path = os.path.join(os.path.dirname(module.__file__ or ""), frappe.scrub(form.name) + extension)
	if not os.path.isfile(path):
		return ""
	with open(path, encoding="utf-8") as file:
		return file.read()


def _scripts(form: Any, context: Any, data: dict[str, Any] | None = None) -> str:
	"""The form's script travels as data: the page's policy lets only files of the site run by themselves."""
	own = {
		"name": form.name,
		"title": context.title,
		"success_url": form.success_url or "",
		"script": context.script,
		"saved": data,
		"depends_on": {row.fieldname: row.depends_on for row in form.web_form_fields if row.depends_on},
		"messages": form.load_translations(),
	}
	text = json.dumps(own, ensure_ascii=False, default=str).replace("<", "\\u003c")
	return (
		f'<script type="application/json" id="web-form-data">{text}</script>'
		'<script src="/assets/frappe/js/web_form.js" defer></script>'
	)


def _success(context: Any, hidden: bool) -> str:
	"""The success message may hold HTML, as a user who edits forms wrote it."""
	shown = " hidden" if hidden else ""
	return (
		f'<div class="success-page{shown}" role="status">'
		f'<h2 class="success-title">{_text(context.success_title or _("Sent"))}</h2>'
		f'<div class="success-message">{context.success_message}</div></div>'
	)


def _errors(errors: list[str] | None) -> str:
	from frappe.utils.html_utils import strip_html_tags

	return "<br>".join(_text(strip_html_tags(error)) for error in errors or [])


def _language_link(form: Any) -> str:
	code, name = OTHER_LANGUAGE["zh" if (frappe.local.lang or "zh").startswith("zh") else "en"]
	link = f'<a href="/{_text(form.route)}?_lang={code}" lang="{code}">{name}</a>'
	return f'<p class="web-form-language">{link}</p>'


def _token() -> str:
	if frappe.session.user == "Guest":
		language = frappe.form_dict.get("_lang")
		return f'<input type="hidden" name="_lang" value="{_text(language)}">' if language else ""
	from frappe.sessions import get_csrf_token

	return f'<input type="hidden" name="csrf_token" value="{_text(get_csrf_token())}">'


# ---------------------------------------------------------------- fields
def _field(row: Any, df: Any, value: Any) -> str:
	label = _text(_(row.label or ""))
	if row.fieldtype in LAYOUT:
		return f"<h2>{label}</h2>" if label and row.fieldtype != "HTML" else _html_of(row)
	if df is None:
		return ""
	note = f"<small>{_text(_(row.description))}</small>" if row.description else ""
	attributes = _attributes(row)
	if row.fieldtype == "Check":
		ticked = " checked" if str(value or "0") not in ("0", "") else ""
		control = (
			f'<label class="check"><input type="checkbox" value="1"{ticked} {attributes}>'
			f"<span>{label}</span></label>"
		)
	else:
		control = (
			f'<label><span class="control-label">{label}</span>{_control(row, attributes, value)}</label>'
		)
	return (
		f'<div class="frappe-control" data-fieldtype="{_text(row.fieldtype)}"'
		f' data-fieldname="{_text(row.fieldname)}">{control}{note}</div>'
	)


def _html_of(row: Any) -> str:
	return f"<div>{row.options or ''}</div>" if row.fieldtype == "HTML" else ""


def _attributes(row: Any) -> str:
	parts = [f'name="{_text(row.fieldname)}"']
	if row.reqd:
		parts.append("required")
	if row.read_only:
		parts.append("disabled")
	if row.max_length:
		parts.append(f"maxlength={int(row.max_length)}")
	if row.placeholder:
		parts.append(f'placeholder="{_text(_(row.placeholder))}"')
	return " ".join(parts)


def _control(row: Any, attributes: str, value: Any) -> str:
	if row.fieldtype in LONG_TYPES:
		return f"<textarea rows=4 {attributes}>{_text(value)}</textarea>"
	if row.fieldtype in ("Select", "Link"):
		options = _link_options(row) if row.fieldtype == "Link" else (row.options or "").split("\n")
		items = "".join(_option(option, value) for option in options)
		return f"<select {attributes}>{items}</select>"
	kind = INPUT_TYPES.get(row.fieldtype, "text")
	return f'<input type="{kind}" value="{_text(value)}" {attributes}>'


def _option(option: str, value: Any) -> str:
	chosen = " selected" if option == str(value or "") else ""
	return f'<option value="{_text(option)}"{chosen}>{_text(_(option) if option else "")}</option>'


def _link_options(row: Any) -> list[str]:
	read: Callable = frappe.get_all if row.allow_read_on_all_link_options else frappe.get_list
	if read is frappe.get_list and not frappe.has_permission(row.options, "read"):
		return [""]
	return ["", *read(row.options, pluck="name", limit_page_length=MAX_LINK_OPTIONS)]


def _text(value: Any) -> str:
	return html.escape(str(value if value is not None else ""), quote=True)
