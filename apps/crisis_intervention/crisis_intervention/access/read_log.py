"""The read log of cases, written after the request or job in a short transaction of its own.

A GET is rolled back at its end, and a permission function must not write: so readings are noted during the
request (see `reading`) and stored here, one row per record and one per list.
"""

from typing import Any

import frappe
from frappe.utils import now_datetime

from crisis_intervention.access.listing import Listing, listing_of
from crisis_intervention.access.protected import is_protected
from crisis_intervention.access.report_listing import listings_of

FORM_PATHS = ("frappe.desk.form.load.getdoc", "frappe.desk.form.save", "run_doc_method")
CODES_KEPT = 500


def after_request(response: Any = None, request: Any = None) -> None:
	"""Frappe's hook `after_request`: store what a successful request handed out.

	:param response: Werkzeug response
	:param request: Werkzeug request
	"""
	if getattr(response, "status_code", 200) >= 400 or request is None:
		frappe.flags.case_reads = None
		return
	rows = [*_records(_channel(request.path)), *_lists(request)]
	frappe.flags.case_reads = None
	_store(rows)


def after_job(method: str | None = None, kwargs: Any = None, result: Any = None) -> None:
	"""Frappe's hook `after_job`: a report or export that ran in the background reads as well."""
	rows = _records("Report")
	frappe.flags.case_reads = None
	_store(rows)


def _records(channel: str) -> list[dict[str, Any]]:
	noted = frappe.flags.case_reads or {}
	return [
		{"document_type": doctype, "document_name": name, "channel": known or channel, "record_count": 1}
		for (doctype, name), known in noted.items()
	]


def _lists(request: Any) -> list[dict[str, Any]]:
	asked = (request.path, frappe.local.form_dict, frappe.local.response)
	found = [listing_of(*asked), *listings_of(*asked)]
	return [_row(listing) for listing in found if listing and is_protected(listing.doctype)]


def _row(found: Listing) -> dict[str, Any]:
	return {
		"document_type": found.doctype,
		"document_name": found.codes[0] if len(found.codes) == 1 else None,
		"channel": found.channel,
		"record_count": found.count,
		"codes": "\n".join(found.codes[:CODES_KEPT]),
	}


def _channel(path: str) -> str:
	if path.startswith("/private/files") or "download_file" in path:
		return "File"
	if any(part in path for part in FORM_PATHS):
		return "Form"
	if "print" in path or "pdf" in path:
		return "Print"
	return "REST" if path.startswith("/api/") else "Other"


def _store(rows: list[dict[str, Any]]) -> None:
	if not rows:
		return
	now = now_datetime()
	for row in rows:
		entry = frappe.get_doc(
			{"doctype": "Case Read Log", "user": frappe.session.user, "read_at": now, **row}
		)
		# Whoever reads may neither write the log nor leave it out.
		entry.insert(ignore_permissions=True)
	# After the request there is no transaction left that would be committed for us.
	frappe.db.commit()
