"""The WSGI application: one request, one context, one transaction."""

from __future__ import annotations

import os
from typing import Any

from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

import frappe
from frappe.api.reading import only_reads
from frappe.api.request import make_form_dict
from frappe.auth import LOGIN_PATHS, SAFE_HTTP_METHODS, HTTPRequest, validate_auth
from frappe.kernel.cache import check_site_version
from frappe.utils.response import handle_session_stopped, report_error
from frappe.website.headers import finish
from frappe.website.static import serve_asset

MAX_BODY = 25 * 1024 * 1024
MAX_FORM_PARTS = 1000

_site: str | None = None
_sites_path = os.environ.get("SITES_PATH", ".")


def application(environ: dict, start_response: Any) -> Any:
	"""Answer a request (PEP 3333)."""
	request = Request(environ)
	if request.path.startswith("/assets/"):
		return serve_asset(request, _sites_path)(environ, start_response)
	response = None
	try:
		response = _answer(request)
	finally:
		_end(request, response)
	return response(environ, start_response)


def _answer(request: Request) -> Response:
	rollback = True
	try:
		init_request(request)
		response = _dispatch(request)
		rollback = sync_database(request)
	except RequestEntityTooLarge as error:
		response = handle_exception(error)
	except HTTPException as error:
		response = _http_error(error, request)
	except Exception as error:
		response = handle_exception(error)
	if rollback and getattr(frappe.local, "db", None):
		frappe.db.rollback()
	return response


def _http_error(error: HTTPException, request: Request) -> Response:
	from frappe.website.pages import plain_page

	original = error.get_response(request.environ)
	if error.code is None or error.code < 400:
		return original
	response = plain_page(error.code)
	if "Allow" in original.headers:
		response.headers["Allow"] = original.headers["Allow"]
	return response


def init_request(request: Request) -> None:
	"""Set up the context of a request: site, form data, database, sender.

	Raises:
		IncorrectSitePath: no site answers to this host.
		SessionStopped: the site is being updated.
	"""
	frappe.init(site_of(request), sites_path=_sites_path, force=True)
	frappe.local.request = request
	frappe.local.is_ajax = request.headers.get("X-Requested-With") == "XMLHttpRequest"
	frappe.local.is_api_v2 = request.path.startswith("/api/v2")
	frappe.set_user("Guest")
	if frappe.conf.maintenance_mode:
		raise frappe.SessionStopped("Session Stopped")
	request.max_content_length = int(frappe.conf.max_file_size or MAX_BODY)
	request.max_form_parts = MAX_FORM_PARTS
	make_form_dict(request)
	frappe.connect(set_admin_as_user=False)
	frappe.db.begin(read_only=request.path in LOGIN_PATHS or only_reads(request))
	check_site_version()
	if request.method != "OPTIONS":
		frappe.local.http_request = HTTPRequest()
		validate_auth()
		_apply_before_hooks()


def _apply_before_hooks() -> None:
	from frappe import rate_limiter

	rate_limiter.apply()
	for method in frappe.get_hooks("before_request"):
		frappe.call(frappe.get_attr(method))


def site_of(request: Request) -> str:
	"""Return the site a request is for: the served one, the header's, the host's, else the bench's default
	site."""
	if _site:
		return _site
	named = request.headers.get("X-Frappe-Site-Name")
	host = request.host.split(":", 1)[0]
	for name in (named, host):
		if name and _is_site(name):
			return name
	default = frappe.get_site_config(_sites_path, "").get("default_site")
	return default if default and _is_site(default) else named or host


def _is_site(name: str) -> bool:
	if "/" in name or name.startswith("."):
		return False
	return os.path.isfile(os.path.join(_sites_path, name, "site_config.json"))


def _dispatch(request: Request) -> Response:
	path = request.path
	if request.method == "OPTIONS":
		return Response(mimetype="text/plain")
	if frappe.form_dict.get("cmd") and not path.startswith("/api/"):
		from frappe.handler import handle

		return handle()
	if path.startswith("/api/"):
		from frappe.api import handle

		return handle(request)
	if request.method in ("GET", "HEAD", "POST"):
		from frappe.website.serve import get_response

		return get_response()
	raise NotFound


def sync_database(request: Request) -> bool:
	"""End the transaction of a request that succeeded: writing methods commit.

	Returns whether a rollback is still due.
	"""
	if request.method in SAFE_HTTP_METHODS and not frappe.flags.commit:
		return True
	frappe.db.commit()
	return False


# ------------------------------------------------------------------ errors
def handle_exception(error: Exception) -> Response:
	"""Return the answer to an error: Frappe's JSON form for API callers, a page for browsers."""
	if getattr(frappe.local, "db", None):
		frappe.db.rollback()
	status = status_of(error)
	if getattr(frappe.local, "response", None) is None or not getattr(frappe.local, "request", None):
		return _without_site(error, status)
	if isinstance(error, frappe.Redirect):
		from werkzeug.utils import redirect

		return redirect(frappe.flags.redirect_location or "/", code=error.http_status_code)
	if isinstance(error, frappe.AuthenticationError) and hasattr(frappe.local, "login_manager"):
		frappe.local.login_manager.clear_cookies()
	if status >= 500:
		_log(error)
	if _wants_json():
		return report_error(status)
	if isinstance(error, frappe.SessionStopped):
		return handle_session_stopped()
	from frappe.website.pages import error_page

	return error_page(status)


def status_of(error: Exception) -> int:
	"""Return the HTTP status of an error: its own, 413 / 417 / 508 for what the caller sent or another
	holds, else 500."""
	from frappe.api.request import is_callers_fault

	if isinstance(error, RequestEntityTooLarge):
		return 413
	status = getattr(error, "http_status_code", None)
	if status:
		return int(frappe.local.response.get("http_status_code") or status) if status == 401 else int(status)
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return 508
	return 417 if is_callers_fault(error) else 500


def _wants_json() -> bool:
	accepted = frappe.local.request.headers.get("Accept") or ""
	if accepted and (frappe.local.is_ajax or "application/json" in accepted):
		return True
	return frappe.local.request.path.startswith("/api/") and not accepted.startswith("text")


def _without_site(error: Exception, status: int) -> Response:
	from frappe.website.pages import plain_page

	return plain_page(404 if isinstance(error, frappe.IncorrectSitePath) else status)


def _log(error: Exception) -> None:
	from frappe.utils.response import safe_traceback

	where = safe_traceback(error)
	frappe.logger("web").error("%s\n%s", type(error).__name__, where)
	if not getattr(frappe.local, "db", None):
		return
	try:
		frappe.log_error(title=type(error).__name__, message=where)
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		frappe.logger("web").error("The Error Log could not be written", exc_info=True)


# ------------------------------------------------------------------ end of a request
def _end(request: Request, response: Response | None) -> None:
	try:
		if response is not None and getattr(frappe.local, "db", None):
			_write_session()
			_run_after_hooks(request, response)
		if response is not None:
			finish(request, response)
	finally:
		frappe.destroy()


def _write_session() -> None:
	session = getattr(frappe.local, "session_obj", None)
	if session is not None:
		session.flush()


def _run_after_hooks(request: Request, response: Response) -> None:
	for method in frappe.get_hooks("after_request"):
		try:
			frappe.call(frappe.get_attr(method), response=response, request=request)
			frappe.db.commit()
		except Exception:
			frappe.db.rollback()
			frappe.logger("web").error("Hook %s failed after a request", method, exc_info=True)


# ------------------------------------------------------------------ server
def serve(
	port: int | str = 8000,
	profile: bool = False,
	no_reload: bool = False,
	no_threading: bool = False,
	site: str | None = None,
	sites_path: str = ".",
	proxy: bool = False,
	host: str = "127.0.0.1",
	threads: int = 8,
) -> None:
	"""Serve the bench until interrupted.

	Args:
		port, host: address to listen on.
		site: answer every request with this site; by host name unless given.
		sites_path: the bench's `sites` folder.
		threads: requests worked on at a time.
		proxy: believe the X-Forwarded headers of the one proxy in front.
	"""
	import waitress
	from werkzeug.middleware.proxy_fix import ProxyFix

	from frappe.jobs.memory import bound_arenas

	bound_arenas()
	configure(site, sites_path)
	waitress.serve(
		ProxyFix(application, x_for=1, x_proto=1, x_host=1) if proxy else application,
		host=host,
		port=int(port),
		threads=1 if no_threading else threads,
		ident=None,
		max_request_body_size=MAX_BODY + 1024 * 1024,
		channel_timeout=60,
	)


def configure(site: str | None, sites_path: str = ".") -> None:
	"""Choose the site and the `sites` folder of this process."""
	global _site, _sites_path
	_site, _sites_path = site, sites_path
