"""An Auto Email Report mails rows to addresses, with the rights of one user for all of them."""

from typing import Any

import frappe

from crisis_intervention.access.closures.subject import may_carry_content, refuse_mail


def refuse_mailed_report(doc: Any, method: str | None = None) -> None:
	"""Refuse to mail a report about cases or students, and any report that this app brings.

	:param doc: Auto Email Report document
	:raises frappe.PermissionError: on such reports
	"""
	report = frappe.db.get_value("Report", doc.get("report"), ["ref_doctype", "module"], as_dict=True)
	if not report:
		return
	ours = report.module in frappe.get_module_list("crisis_intervention")
	if ours or may_carry_content(report.ref_doctype):
		refuse_mail(report.ref_doctype)
