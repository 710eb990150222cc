"""Templates: Jinja in its sandbox, with the names Frappe gives to templates."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import frappe
from frappe.kernel.cache import shared

PATH_ENDINGS = ("html", "css", "scss", "md", "js", "xml", "txt")
FOREIGN = (".__", "__class__", "__globals__", "__subclasses__", "__mro__")


def get_jenv() -> Any:
	"""Return the site's template environment."""
	known = shared("jinja")
	if "environment" not in known:
		known["environment"] = _make_environment()
	return known["environment"]


def _make_environment() -> Any:
	from jinja2 import DebugUndefined

	environment = _environment_class()(loader=_make_loader(), undefined=DebugUndefined)
	environment.globals.update(_template_names())
	methods, filters = get_jinja_hooks()
	environment.globals.update(methods)
	environment.filters.update({**_template_filters(), **filters})
	return environment


@lru_cache(maxsize=1)
def _environment_class() -> type:
	from jinja2.sandbox import ImmutableSandboxedEnvironment

	from frappe.utils.sandbox import CLOSED_TYPES, UNSAFE_ATTRIBUTES

	class TemplateEnvironment(ImmutableSandboxedEnvironment):
		"""Jinja's sandbox, closed also to what leads to the interpreter through frames and modules."""

		def is_safe_attribute(self, obj: Any, attr: str, *args: Any, **kwargs: Any) -> bool:
			if attr in UNSAFE_ATTRIBUTES or isinstance(obj, CLOSED_TYPES):
				return False
			return super().is_safe_attribute(obj, attr, *args, **kwargs)

	return TemplateEnvironment


def _make_loader() -> Any:
	"""Templates are found by path inside any app, the last installed first, or with the app's name."""
	from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

	apps = ["frappe"]
	if getattr(frappe.local, "db", None):
		apps = [*reversed([app for app in frappe.get_installed_apps() if app != "frappe"]), "frappe"]
	loaders = {app: FileSystemLoader(frappe.get_app_path(app)) for app in apps}
	return ChoiceLoader([PrefixLoader(loaders), *loaders.values()])


def _template_names() -> dict[str, Any]:
	from frappe.utils.safe_exec import EVAL_NAMES
	from frappe.utils.safe_namespace import script_names

	names = script_names()
	readers = ("get_", "count", "exists", "sql")
	database = names["frappe"].db
	names["frappe"].db = {name: database[name] for name in database if name.startswith(readers)}
	for name in ("delete_doc", "rename_doc", "new_doc", "enqueue", "sendmail", "run_script"):
		names["frappe"].pop(name, None)
	return {**EVAL_NAMES, **names, "range": range, "_": frappe._, "resolve_class": resolve_class}


def _template_filters() -> dict[str, Any]:
	utils = frappe.utils
	return {
		"json": frappe.as_json,
		"len": len,
		"int": utils.cint,
		"str": utils.cstr,
		"flt": utils.flt,
		"markdown": utils.md_to_html,
		"bool": bool,
		"global_date_format": utils.global_date_format,
	}


def resolve_class(*classes: Any) -> str:
	"""Return the class names of texts, lists and {name: wanted} dicts as one text."""
	if len(classes) != 1:
		return resolve_class(list(classes)) if classes else ""
	given = classes[0]
	if isinstance(given, str):
		return given
	if isinstance(given, list | tuple):
		return " ".join(filter(None, (resolve_class(item) for item in given))).strip()
	if isinstance(given, dict):
		return " ".join(name for name, wanted in given.items() if wanted)
	return ""


def get_jinja_hooks() -> tuple[dict[str, Any], dict[str, Any]]:
	"""Return the methods and filters that apps add to templates by their hook `jinja`."""
	if not getattr(frappe.local, "site", None):
		return {}, {}
	hooks = frappe.get_hooks("jinja") or {}
	return _functions(hooks.get("methods", [])), _functions(hooks.get("filters", []))


def _functions(paths: list[str]) -> dict[str, Any]:
	from types import FunctionType, ModuleType

	found: dict[str, Any] = {}
	for path in [paths] if isinstance(paths, str) else paths:
		name, _, wanted = path.partition(":")
		try:
			value = frappe.get_attr(name)
		except AttributeError:
			value = frappe.get_module(name)
		if isinstance(value, ModuleType):
			members = {key: member for key, member in vars(value).items() if isinstance(member, FunctionType)}
			found.update(
				{key: member for key, member in members.items() if member.__module__ == value.__name__}
			)
		else:
			found[wanted or value.__name__] = value
	return found


def get_template(path: str) -> Any:
	"""Return a template by its path in an app.

	Raises:
		frappe.TemplateNotFoundError: there is none.
	"""
	from jinja2 import TemplateNotFound

	try:
		return get_jenv().get_template(path)
	except TemplateNotFound as error:
		raise frappe.TemplateNotFoundError(path) from error


def render_template(
	template: str | None, context: dict | None = None, is_path: bool | None = None, safe_render: bool = True
) -> str:
	"""Return a rendered template.

	Args:
		template: text, or a path in an app.
		context: names for the template.
		is_path: whether it is a path; guessed unless given.
		safe_render: refuse text with names of Python's internals.

	Raises:
		frappe.ValidationError: the template cannot be read or rendered.
	"""
	if not template:
		return ""
	if is_path or (is_path is None and guess_is_path(template)):
		return get_template(template).render(context or {})
	if safe_render and any(name in template for name in FOREIGN):
		frappe.throw(frappe._("Illegal template"))
	return _render_text(template, context or {})


def _render_text(template: str, context: dict) -> str:
	from jinja2 import TemplateError

	try:
		return _from_text(template).render(context)
	except TemplateError as error:
		frappe.throw(
			f"<pre>{frappe.utils.escape_html(str(error))}</pre>", title=frappe._("Jinja Template Error")
		)
		raise


def _from_text(template: str) -> Any:
	environment = get_jenv()
	compiled = shared("jinja").setdefault("texts", {})
	if template not in compiled:
		if len(compiled) >= 300:
			compiled.clear()
		compiled[template] = environment.from_string(template)
	return compiled[template]


def validate_template(html: str) -> None:
	"""Refuse a template that cannot be read."""
	from jinja2 import TemplateSyntaxError

	if not html:
		return
	try:
		get_jenv().from_string(html)
	except TemplateSyntaxError as error:
		frappe.throw(
			frappe._("Syntax error in template as line {0}: {1}").format(error.lineno, error.message)
		)


def guess_is_path(template: str) -> bool:
	"""Tell whether a text is rather a path than a template."""
	return "\n" not in template and "." in template and template.rsplit(".", 1)[-1] in PATH_ENDINGS


def get_email_from_template(name: str, args: dict) -> tuple[str | None, str | None]:
	"""Return (HTML, text) of the e-mail templates `templates/emails/<name>.html` and `.txt`."""
	return _email_part(name, args, "html"), _email_part(name, args, "txt")


def _email_part(name: str, args: dict, ending: str) -> str | None:
	try:
		return get_template(f"templates/emails/{name}.{ending}").render(args)
	except frappe.TemplateNotFoundError:
		return None


def get_jloader() -> Any:
	"""Return the loader of templates."""
	return get_jenv().loader


def inspect_template_path(path: str) -> str:
	"""Return the file a template is read from."""
	return os.path.relpath(get_template(path).filename, frappe.utils.get_bench_path())
