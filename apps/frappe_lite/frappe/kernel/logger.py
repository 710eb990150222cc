"""Log files of the bench and the Error Log of the site."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import Any

from frappe.kernel.context import local

MAX_BYTES = 1_000_000
BACKUPS = 5
_loggers: dict[str, logging.Logger] = {}


def get_logger(
	module: str | None = None,
	with_more_info: bool = False,
	allow_site: bool | str = True,
	filter: Any = None,
	max_size: int = MAX_BYTES,
	file_count: int = BACKUPS,
) -> logging.Logger:
	"""Return the rotating logger of a module, writing to `logs/<module>.log` of the bench or of the site.

	Args:
		module: base name of the log file; "frappe" unless given.
		allow_site: True logs into the site's folder, a name into that site's, False into the bench's.
		max_size: bytes after which the file is rotated.
		file_count: rotated files that are kept.
	"""
	module = module or "frappe"
	site = getattr(local, "site", None) if allow_site is True else allow_site
	name = f"{module}-{site or 'all'}"
	if name not in _loggers:
		_loggers[name] = _build(name, _log_folder(site), module, max_size, file_count)
	return _loggers[name]


def _log_folder(site: Any) -> str:
	sites_path = getattr(local, "sites_path", None) or "."
	return os.path.join(sites_path, str(site), "logs") if site else os.path.join(sites_path, "..", "logs")


def _build(name: str, folder: str, module: str, max_size: int, file_count: int) -> logging.Logger:
	logger = logging.getLogger(f"frappe.site.{name}")
	logger.propagate = False
	logger.setLevel(logging.INFO)
	os.makedirs(folder, exist_ok=True)
	handler = RotatingFileHandler(
		os.path.join(folder, f"{module}.log"), maxBytes=max_size, backupCount=file_count, delay=True
	)
	handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
	logger.addHandler(handler)
	return logger


def log_error(
	title: str | None = None,
	message: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	*,
	defer_insert: bool = False,
) -> Any:
	"""Write an Error Log with the current traceback, without values of local variables.

	Args:
		title: what went wrong, without personal data.
		message: text kept instead of the traceback.
		reference_doctype, reference_name: the document it happened to.

	Returns the Error Log document, None while there is no database.
	"""
	from frappe.automation.error_log import write_error_log

	return write_error_log(title, message, reference_doctype, reference_name)


def log(msg: str) -> None:
	"""Keep a debug text for this request."""
	local.debug_log.append(str(msg))
