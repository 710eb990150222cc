"""Load a form: the document, what surrounds it, and the DocTypes it is made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import frappe
import frappe.share
from frappe import _
from frappe.desk.api.listing import user_info_of
from frappe.desk.form import timeline


@frappe.whitelist()
@frappe.read_only()
def getdoc(doctype: str, name: str, user: str | None = None) -> Any:
	"""Answer `docs` and `docinfo` of a document; [] when there is none.

	Raises:
		PermissionError: the user may not read it.
	"""
	if not (doctype and name):
		frappe.throw(_("doctype and name required"))
	if not frappe.get_meta(doctype).is_virtual and not frappe.db.exists(doctype, name):
		if not frappe.has_permission(doctype):
			raise frappe.PermissionError
		return []
	doc = frappe.get_doc(doctype, name)
	if not doc.has_permission("read"):
		frappe.flags.error_message = _("Insufficient Permission for {0}").format(f"{_(doctype)} {name}")
		raise frappe.PermissionError(("read", doctype, name))
	run_onload(doc)
	doc.apply_fieldlevel_read_permissions()
	doc.add_seen()
	set_link_titles(doc)
	get_docinfo(doc)
	frappe.response.docs.append(doc)
	return None


@frappe.whitelist()
def getdoctype(
	doctype: str, with_parent: bool | int | str = False, cached_timestamp: str | None = None
) -> Any:
	"""Answer `docs` with a DocType and its child DocTypes, and the user's settings of its list.

	Args:
		with_parent: add the DocType whose table holds a child DocType.
		cached_timestamp: `modified` of what the caller has; "use_cache" is answered when that is current.
	"""
	from frappe.desk.form.meta import get_meta_bundle
	from frappe.model.utils.user_settings import get_user_settings

	parent = (
		frappe.get_meta(doctype).get_parent_doctypes()[:1] if with_parent and frappe.is_table(doctype) else []
	)
	docs = [*(bundle for name in parent for bundle in get_meta_bundle(name)), *get_meta_bundle(doctype)]
	frappe.response["user_settings"] = get_user_settings(parent[0] if parent else doctype)
	if cached_timestamp and str(docs[-1]["modified"]) == cached_timestamp:
		return "use_cache"
	frappe.response.docs.extend(docs)
	return None


def run_onload(doc: Any) -> None:
	"""Let the controller add what the form needs besides the document."""
	doc.set("__onload", frappe._dict())
	doc.run_method("onload")


# ------------------------------------------------------------------ what surrounds a document
@frappe.whitelist()
def get_docinfo(doc: Any = None, doctype: str | None = None, name: str | None = None) -> None:
	"""Answer `docinfo`: comments, attachments, versions, assignments, shares, rights and tags of a document.

	Raises:
		PermissionError: the user may not read it.
	"""
	from frappe.share import get_users

	if not doc or isinstance(doc, str | dict):
		doc = frappe.get_doc(doctype, name)
		doc.check_permission("read")
	docinfo = frappe._dict(user_info={})
	timeline.add_comments(doc, docinfo)
	docinfo.update(
		doctype=doc.doctype,
		name=doc.name,
		attachments=timeline.get_attachments(doc.doctype, doc.name),
		communications=timeline.get_communications(doc.doctype, doc.name),
		automated_messages=timeline.get_communications(doc.doctype, doc.name, kind="Automated Message"),
		versions=timeline.get_versions(doc),
		assignments=timeline.get_assignments(doc.doctype, doc.name),
		permissions=get_doc_permissions(doc),
		shared=get_users(doc.doctype, doc.name),
		views=timeline.get_views(doc),
		energy_point_logs=[],
		additional_timeline_content=timeline.get_additional_content(doc.doctype, doc.name),
		milestones=[],
		is_document_followed=timeline.is_followed(doc),
		tags=get_tags(doc.doctype, doc.name),
		document_email=None,
	)
	docinfo.user_info = _user_info(docinfo)
	frappe.response["docinfo"] = docinfo


def get_doc_permissions(doc: Any) -> dict:
	"""Return the rights of the user on a document, shares included."""
	rights = frappe.permissions.get_doc_permissions(doc)
	if frappe.session.user == "Administrator":
		return rights
	for right in ("read", "write", "share", "submit"):
		if not rights.get(right) and frappe.share.get_shared(
			doc.doctype, rights=[right], filters=[["share_name", "=", str(doc.name)]], limit=1
		):
			rights[right] = 1
	return rights


def _user_info(docinfo: Any) -> dict[str, dict]:
	users = [
		*(entry.owner for key in timeline.COMMENT_LISTS for entry in docinfo[key]),
		*(row.owner for row in docinfo.versions),
		*(row.owner for row in docinfo.assignments),
		*(row.user for row in docinfo.shared),
	]
	return user_info_of(user for user in users if user and user != "Administrator")


@frappe.whitelist()
def get_user_info_for_viewers(users: Any) -> dict[str, dict]:
	"""Return name and picture of users by name."""
	return user_info_of(frappe.parse_json(users))


def get_tags(doctype: str, name: str) -> str:
	"""Return the tags of a document, separated by commas."""
	tags = frappe.db.sql(
		"select `tag` from `tabTag Link`"
		" where `document_type` = %s and `document_name` = %s order by `creation`",
		(doctype, str(name)),
	)
	return ",".join(tag for (tag,) in tags)


def set_link_titles(doc: Any) -> None:
	"""Answer the titles of linked documents that the user may see (`_link_titles`)."""
	titles: dict[str, str] = {}
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.get_link_fields():
			_add_title(titles, df.options, row.get(df.fieldname))
		for df in row.meta.get_dynamic_link_fields():
			_add_title(titles, row.get(df.options), row.get(df.fieldname))
	if titles:
		frappe.response["_link_titles"] = {**(frappe.response.get("_link_titles") or {}), **titles}


def _add_title(titles: dict[str, str], doctype: str | None, name: Any) -> None:
	if not doctype or not name or f"{doctype}::{name}" in titles:
		return
	meta = frappe.get_meta(doctype)
	if not (meta.show_title_field_in_link and meta.title_field):
		return
	title = frappe.db.get_value(doctype, name, meta.title_field)
	if title:
		titles[f"{doctype}::{name}"] = title


def get_document_email(doctype: str, name: str) -> str | None:
	"""Return the address that files mails under a document: none, the runtime reads no mail."""
	return None


def get_feedback_rating(doctype: str, docname: str) -> None:
	"""Return the rating of a document: none."""
	return


def get_url_to_doc(doctype: str, name: str) -> str:
	"""Return the desk's address of a document."""
	return f"/app/{frappe.scrub(doctype).replace('_', '-')}/{quote(str(name))}"


@frappe.whitelist()
def get_communications(doctype: str, name: str, start: int | str = 0, limit: int | str = 20) -> list:
	"""Return further communications of a document.

	Raises:
		PermissionError: the user may not read it.
	"""
	frappe.get_doc(doctype, name).check_permission("read")
	return timeline.get_communications(doctype, name, start=int(start), limit=int(limit))
