"""Translations: `translations/<language>.csv` of every installed app, overlaid by the site's Translation
documents."""

from __future__ import annotations

import csv
import functools
import os
from typing import Any

import frappe
from frappe.kernel.cache import bump_site_version, shared
from frappe.kernel.context import local

DEFAULT_LANGUAGE = "zh"
CONTEXT_SEPARATOR = ":"


def _(msg: str, lang: str | None = None, context: str | None = None) -> str:
	"""Return the translation of a text into the user's language, the text itself when there is none.

	Args:
		msg: English source text; placeholders `{0}` stay.
		lang: language code; the context's unless given.
		context: tells apart equal texts of different meaning.
	"""
	lang = lang or getattr(local, "lang", None) or "en"
	msg = msg if isinstance(msg, str) else str(msg)
	if not msg.strip():
		return msg
	known = get_all_translations(lang)
	key = msg.strip()
	if context and (found := known.get(f"{key}{CONTEXT_SEPARATOR}{context}")):
		return found
	return known.get(key) or msg


def get_all_translations(lang: str) -> dict[str, str]:
	"""Return source → translation of all installed apps and of the site for a language code such as "zh"."""
	if not lang:
		return {}
	if not getattr(local, "db", None):
		return _translations_of_apps(lang, tuple(frappe.get_all_apps()))
	kept = shared("translations")
	if lang not in kept:
		merged = dict(_translations_of_apps(lang, _apps_of_site()))
		merged.update(get_user_translations(lang))
		kept[lang] = merged
	return kept[lang]


def _apps_of_site() -> tuple[str, ...]:
	"""Return the installed apps; a database that is only being made knows none yet and speaks as all do."""
	try:
		return tuple(frappe.get_installed_apps(_ensure_on_bench=True))
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		return tuple(frappe.get_all_apps())


@functools.lru_cache(maxsize=16)
def _translations_of_apps(lang: str, apps: tuple[str, ...]) -> dict[str, str]:
	merged: dict[str, str] = {}
	for app in apps:
		for code in _with_parent(lang):
			merged.update(get_translations_from_csv(code, app))
	return merged


def _with_parent(lang: str) -> list[str]:
	parent = lang.split("-", 1)[0]
	return [parent] if parent == lang else [parent, lang]


def get_translations_from_csv(lang: str, app: str) -> dict[str, str]:
	"""Return source → translation of `translations/<lang>.csv` of an app; rows are source, translation,
	context."""
	path = os.path.join(os.path.dirname(frappe.get_module(app).__file__ or ""), "translations", f"{lang}.csv")
	if not os.path.exists(path):
		return {}
	with open(path, encoding="utf-8", newline="") as file:
		return {_source_of(row): row[1].strip() for row in csv.reader(file) if len(row) > 1}


def _source_of(row: list[str]) -> str:
	context = row[2].strip() if len(row) > 2 else ""
	return f"{row[0].strip()}{CONTEXT_SEPARATOR}{context}" if context else row[0].strip()


def get_user_translations(lang: str) -> dict[str, str]:
	"""Return source → translation of the site's own Translation documents for a language."""
	try:
		rows = frappe.db.sql(
			"select `source_text`, `translated_text`, `context` from `tabTranslation` where `language` = %s",
			lang,
		)
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		return {}
	return {
		_source_of([source or "", text or "", context or ""]): text or "" for source, text, context in rows
	}


def clear_cache() -> None:
	"""Read all translations anew."""
	_translations_of_apps.cache_clear()
	bump_site_version()


def get_language(lang_list: list[str] | None = None) -> str:
	"""Return the language of this request: asked for, the user's, the browser's wish, the site's."""
	asked = frappe.form_dict.get("_lang") if frappe.form_dict else None
	if asked:
		return asked
	if frappe.session and frappe.session.user and frappe.session.user != "Guest":
		return get_user_lang()
	return guess_language(lang_list) or get_system_language()


def guess_language(lang_list: list[str] | None = None) -> str | None:
	"""Return the first language of the browser's Accept-Language header that the desk knows; None without
	one."""
	request = getattr(local, "request", None)
	if not request:
		return None
	known = lang_list or list(SUPPORTED_LANGUAGES)
	for wanted in request.accept_languages.values():
		for code in (wanted, wanted.split("-", 1)[0]):
			if code in known:
				return code
	return None


SUPPORTED_LANGUAGES = {"zh": "简体中文", "en": "English"}


def get_system_language() -> str:
	"""Return the site's language code."""
	kept = shared("system_language")
	if "lang" not in kept:
		kept["lang"] = _read_system_language()
	return kept["lang"]


def _read_system_language() -> str:
	if not getattr(local, "db", None):
		return local.conf.get("lang") or DEFAULT_LANGUAGE
	return (
		frappe.db.get_single_value("System Settings", "language")
		or local.conf.get("lang")
		or DEFAULT_LANGUAGE
	)


def get_user_lang(user: str | None = None) -> str:
	"""Return the language code of a user, the site's when he chose none."""
	user = user or frappe.session.user
	kept = shared("user_languages")
	if user not in kept:
		kept[user] = frappe.db.get_value("User", user, "language") or get_system_language()
	return kept[user]


def set_user_lang(user: str, user_language: str | None = None) -> None:
	"""Work in the language of a user from now on."""
	local.lang = user_language or get_user_lang(user)


def set_default_language(lang: str) -> None:
	"""Make a language the site's."""
	frappe.db.set_single_value("System Settings", "language", lang)
	local.lang = lang


def get_lang_dict() -> dict[str, str]:
	"""Return language name → code of the languages the desk knows."""
	return {name: code for code, name in SUPPORTED_LANGUAGES.items()}


def get_messages_for_boot() -> dict[str, str]:
	"""Return what the desk needs to translate itself in the language of this request."""
	return get_all_translations(local.lang)


@frappe.whitelist(allow_guest=True)
def load_all_translations(lang: str | None = None) -> dict[str, str]:
	"""Return source → translation for a language, the request's unless given."""
	return get_all_translations(lang or local.lang)


@frappe.whitelist()
def get_translations(source_text: str, language: str = "") -> list[dict[str, Any]]:
	"""Return the site's own translations of a text."""
	return frappe.get_list(
		"Translation", filters={"source_text": source_text}, fields=["name", "translated_text"]
	)


def print_language(language: str) -> Any:
	"""Return a context manager under which texts are in `language`."""
	from contextlib import contextmanager

	@contextmanager
	def switched() -> Any:
		before, local.lang = local.lang, language or local.lang
		try:
			yield
		finally:
			local.lang = before

	return switched()
