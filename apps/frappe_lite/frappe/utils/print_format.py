"""Prints for scripts, mails and downloads."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.printing.render import chosen_format, printable, render_body, style_of

PAGE = "www/printview.html"


def get_print(
	doctype: str | None = None,
	name: str | None = None,
	print_format: str | None = None,
	style: str | None = None,
	as_pdf: bool = False,
	doc: Any = None,
	**options: Any,
) -> Any:
	"""Return a document as a page of HTML, or as PDF.

	Args:
		doctype: DocType of the document.
		name: name of the document.
		print_format: Print Format; the DocType's default unless given.
		style: name of a Print Style; the page has one style here.
		as_pdf: return PDF bytes; needs WeasyPrint, which is an extra of the runtime.
		doc: the document itself, in place of doctype and name.
		options: further arguments of Frappe, without effect here.

	Raises:
		PermissionError: the user may not read or not print it.
	"""
	page = page_of(printable(doctype, name, doc), print_format)
	return to_pdf(page) if as_pdf else page


def page_of(doc: Any, print_format: str | None = None) -> str:
	"""Return a printable document as a whole page."""
	chosen = chosen_format(doc, print_format)
	context = {
		"title": doc.get_title() or doc.name,
		"lang": frappe.local.lang,
		"body": render_body(doc, chosen),
		"style": style_of(chosen),
		"trigger_print": frappe.utils.cint(frappe.form_dict.get("trigger_print")),
	}
	return frappe.render_template(PAGE, context)


def to_pdf(page: str) -> bytes:
	"""Return a page as PDF.

	Raises:
		ValidationError: WeasyPrint is not installed; the browser prints to PDF as well.
	"""
	try:
		from weasyprint import HTML
		from weasyprint.urls import URLFetcher
	except (ImportError, OSError):  # OSError: its library Pango is missing
		frappe.throw(_("PDF needs WeasyPrint. Print from the browser and save as PDF instead."))
	# A print reads no addresses: a template could otherwise reach files and other servers.
	return HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf()


@frappe.whitelist()
def download_pdf(
	doctype: str, name: str, format: str | None = None, no_letterhead: int = 0, **options: Any
) -> None:
	"""Answer with a document as PDF."""
	frappe.local.response.filename = f"{name.replace(' ', '-').replace('/', '-')}.pdf"
	frappe.local.response.filecontent = get_print(doctype, name, format, as_pdf=True)
	frappe.local.response.type = "pdf"


def attach_print(
	doctype: str, name: str, file_name: str | None = None, print_format: str | None = None, **options: Any
) -> dict[str, Any]:
	"""Return a document as an attachment of a mail: PDF where it can be made, HTML elsewhere."""
	page = get_print(doctype, name, print_format, doc=options.get("doc"))
	stem = (file_name or name).replace(" ", "").replace("/", "-")
	try:
		return {"fname": f"{stem}.pdf", "fcontent": to_pdf(page)}
	except frappe.ValidationError:
		frappe.clear_last_message()
		return {"fname": f"{stem}.html", "fcontent": page}
