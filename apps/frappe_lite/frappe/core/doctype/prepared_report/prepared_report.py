from __future__ import annotations

import gzip
import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document


class PreparedReport(Document):
	"""The result of a report that ran in the background; only who queued it may see it."""

	@property
	def queued_by(self) -> str:
		"""Who queued the report."""
		return self.owner

	@property
	def queued_at(self) -> Any:
		"""When it was queued."""
		return self.creation

	def before_insert(self) -> None:
		self.status = "Queued"

	def after_insert(self) -> None:
		frappe.enqueue(
			generate_report,
			queue="long",
			prepared_report=self.name,
			timeout=frappe.cint(frappe.db.get_value("Report", self.report_name, "timeout")) or None,
			enqueue_after_commit=True,
		)

	def on_trash(self) -> None:
		for name in self._files():
			frappe.delete_doc("File", name, ignore_permissions=True)

	def _files(self) -> list[str]:
		filters = {"attached_to_doctype": self.doctype, "attached_to_name": self.name}
		return frappe.get_all("File", filters=filters, pluck="name")

	def get_prepared_data(self, with_file_name: bool = False) -> Any:
		"""Return the stored result, unpacked.

		Args:
			with_file_name: return (result, name of the file).
		"""
		names = self._files()
		if not names:
			return None
		file = frappe.get_doc("File", names[0])
		content = gzip.decompress(file.get_content(encodings=[]))
		return (content, file.file_name) if with_file_name else content


def generate_report(prepared_report: str) -> None:
	"""Run a queued report as the one who queued it and attach its result.

	Args:
		prepared_report: name of the Prepared Report.
	"""
	doc = frappe.get_doc("Prepared Report", prepared_report)
	doc.db_set("status", "Started", commit=True)
	try:
		columns, rows = frappe.get_doc("Report", doc.report_name).get_data(
			filters=json.loads(doc.filters or "{}"), user=doc.owner, as_dict=True
		)
		_attach(doc, {"columns": columns, "result": rows})
		doc.status = "Completed"
	except Exception as error:
		frappe.db.rollback()
		doc.reload()
		doc.status = "Error"
		# The text of the error only: a traceback would keep rows of the report.
		doc.error_message = f"{type(error).__name__}: {error}"
	doc.report_end_time = frappe.utils.now()
	doc.save(ignore_permissions=True)


def _attach(doc: Document, result: dict[str, Any]) -> None:
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.scrub(doc.name)}.json.gz",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"content": gzip.compress(frappe.as_json(result).encode()),
			"is_private": 1,
		}
	)
	file.save(ignore_permissions=True)


@frappe.whitelist(methods=["POST"])
def make_prepared_report(report_name: str, filters: Any = None) -> dict[str, str]:
	"""Queue a report.

	Args:
		report_name: name of the Report.
		filters: values of its filters, as a dict or as JSON.

	Returns:
		{"name": of the Prepared Report}.
	"""
	report = frappe.get_doc("Report", report_name)
	if not report.is_permitted() or not frappe.has_permission(report.ref_doctype, "report"):
		frappe.throw(_("You don't have access to Report: {0}").format(_(report_name)), frappe.PermissionError)
	filters = filters if isinstance(filters, str) else json.dumps(filters or {}, default=str)
	doc = frappe.get_doc({"doctype": "Prepared Report", "report_name": report_name, "filters": filters})
	return {"name": doc.insert(ignore_permissions=True).name}


def get_permission_query_condition(user: str) -> str | None:
	"""Return the SQL condition for the prepared reports a user may see."""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return None
	return f"(`tabPrepared Report`.`owner` = {frappe.db.escape(user)})"


def has_permission(doc: Any, user: str | None = None, ptype: str | None = None) -> bool:
	"""Tell whether a user may see a prepared report."""
	user = user or frappe.session.user
	return user == "Administrator" or "System Manager" in frappe.get_roles(user) or doc.owner == user


def delete_expired_prepared_reports(days: int = 30) -> None:
	"""Remove prepared reports older than so many days; their rows are sensitive and go stale."""
	before = frappe.utils.add_days(frappe.utils.now_datetime(), -days)
	names = frappe.get_all(
		"Prepared Report", filters={"creation": ("<", before)}, pluck="name", limit_page_length=500
	)
	for name in names:
		frappe.delete_doc("Prepared Report", name, ignore_permissions=True)
