"""frappe_lite: a small Frappe-compatible runtime. This module is a façade of names; each lives where it is
imported from.

Names of light modules are bound at once, the others on first use, so that a process loads only what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "15.55.1"
__title__ = "Frappe Framework"

from frappe.exceptions import *
from frappe.kernel.apps import (
	append_hook,
	call,
	get_all_apps,
	get_app_path,
	get_app_source_path,
	get_attr,
	get_file_items,
	get_file_json,
	get_hooks,
	get_installed_apps,
	get_module,
	get_module_list,
	get_module_path,
	get_newargs,
	get_pymodule_path,
	read_file,
	scrub,
	setup_module_map,
	unscrub,
)
from frappe.kernel.cache import cache, clear_cache
from frappe.kernel.context import (
	conf,
	db,
	debug_log,
	error_log,
	flags,
	form,
	form_dict,
	lang,
	local,
	message_log,
	qb,
	request,
	response,
	session,
	user,
)
from frappe.kernel.logger import get_logger as logger
from frappe.kernel.logger import log, log_error
from frappe.kernel.messages import (
	bold,
	clear_last_message,
	clear_messages,
	errprint,
	generate_hash,
	get_message_log,
	msgprint,
	throw,
)
from frappe.kernel.site import connect, destroy, get_conf, get_site_config, get_site_path, init
from frappe.kernel.user import get_roles, get_user, set_user
from frappe.kernel.whitelist import (
	allowed_http_methods_for_whitelisted_func,
	get_doctype_app,
	guest_methods,
	is_valid_http_method,
	is_whitelisted,
	read_only,
	throw_permission_error,
	validate_and_sanitize_search_inputs,
	whitelist,
	whitelisted,
	write_only,
	xss_safe_methods,
)
from frappe.types import _dict

STANDARD_USERS = ("Guest", "Administrator")
UNTRANSLATED = ("en",)

_LAZY = {
	"_": "frappe.translate",
	"as_json": "frappe.utils.response",
	"attach_print": "frappe.utils.print_format",
	"bulk_insert": "frappe.model.document",
	"clear_document_cache": "frappe.model.shortcuts",
	"clear_website_cache": "frappe.model.shortcuts",
	"copy_doc": "frappe.model.shortcuts",
	"delete_doc": "frappe.model.delete_doc",
	"delete_doc_if_exists": "frappe.model.shortcuts",
	"enqueue": "frappe.utils.background_jobs",
	"enqueue_doc": "frappe.utils.background_jobs",
	"format": "frappe.utils.formatters",
	"format_value": "frappe.utils.formatters",
	"get_all": "frappe.model.shortcuts",
	"get_cached_doc": "frappe.model.shortcuts",
	"get_cached_value": "frappe.model.shortcuts",
	"get_desk_link": "frappe.model.shortcuts",
	"get_doc": "frappe.model.document",
	"get_last_doc": "frappe.model.shortcuts",
	"get_list": "frappe.model.shortcuts",
	"get_meta": "frappe.model.meta",
	"get_precision": "frappe.model.shortcuts",
	"get_print": "frappe.utils.print_format",
	"get_single": "frappe.model.shortcuts",
	"get_system_settings": "frappe.model.shortcuts",
	"get_template": "frappe.utils.jinja",
	"get_test_records": "frappe.tests.utils",
	"get_traceback": "frappe.utils",
	"get_value": "frappe.model.shortcuts",
	"get_website_settings": "frappe.model.shortcuts",
	"has_permission": "frappe.permissions.gate",
	"has_website_permission": "frappe.permissions.gate",
	"is_table": "frappe.model.meta",
	"new_doc": "frappe.model.shortcuts",
	"only_for": "frappe.permissions.gate",
	"only_has_select_perm": "frappe.permissions.gate",
	"parse_json": "frappe.utils",
	"publish_progress": "frappe.realtime",
	"publish_realtime": "frappe.realtime",
	"redirect": "frappe.utils.response",
	"reload_doc": "frappe.model.shortcuts",
	"reload_doctype": "frappe.model.shortcuts",
	"rename_doc": "frappe.model.rename_doc",
	"render_template": "frappe.utils.jinja",
	"respond_as_web_page": "frappe.utils.response",
	"safe_encode": "frappe.utils",
	"safe_decode": "frappe.utils",
	"safe_eval": "frappe.utils.safe_exec",
	"sendmail": "frappe.email.send",
	"set_value": "frappe.model.shortcuts",
	"_lt": "frappe.kernel.lazy_text",
	"cint": "frappe.utils",
	"cstr": "frappe.utils",
}
_SUBMODULES = (
	"client",
	"defaults",
	"exceptions",
	"handler",
	"model",
	"permissions",
	"realtime",
	"sessions",
	"share",
)
_SUBMODULES += ("translate", "types", "utils", "website", "database", "query_builder")


def __getattr__(name: str) -> Any:
	if name in _LAZY:
		value = getattr(import_module(_LAZY[name]), name)
	elif name in _SUBMODULES:
		value = import_module(f"frappe.{name}")
	else:
		raise AttributeError(f"module 'frappe' has no attribute {name!r}")
	globals()[name] = value
	return value


def in_test() -> bool:
	"""Tell whether a test is running."""
	return bool(getattr(local, "flags", None) and local.flags.in_test)
