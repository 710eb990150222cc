"""Shares: rights on one document given to a user, or to everyone, beside what roles say."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint


@frappe.whitelist()
def add(
	doctype: str,
	name: str,
	user: str | None = None,
	read: int | str = 1,
	write: int | str = 0,
	submit: int | str = 0,
	share: int | str = 0,
	everyone: int | str = 0,
	send_email: bool = True,
	notify: int | str = 0,
) -> Any:
	"""Share a document with a user; the caller needs the right to share it.

	Raises:
		PermissionError: he lacks it.
	"""
	return add_docshare(
		doctype,
		name,
		user=user,
		read=read,
		write=write,
		submit=submit,
		share=share,
		everyone=everyone,
		notify=notify,
	)


def add_docshare(
	doctype: str,
	name: str,
	user: str | None = None,
	read: int | str = 1,
	write: int | str = 0,
	submit: int | str = 0,
	share: int | str = 0,
	everyone: int | str = 0,
	flags: dict | None = None,
	notify: int | str = 0,
) -> Any:
	"""Share a document with a user, the current one unless named; returns the DocShare."""
	user = user or frappe.session.user
	share_name = get_share_name(doctype, name, user, everyone)
	if share_name:
		doc = frappe.get_doc("DocShare", share_name)
	else:
		doc = frappe.new_doc("DocShare")
		doc.update({"user": user, "share_doctype": doctype, "share_name": name, "everyone": cint(everyone)})
	if flags:
		doc.flags.update(flags)
	doc.update({"read": 1, "write": cint(write), "submit": cint(submit), "share": cint(share)})
	doc.save(ignore_permissions=True)
	if cint(notify):
		notify_assignment(user, doctype, name, everyone)
	return doc


def notify_assignment(
	shared_by: str, doctype: str, doc_name: str, everyone: int | str, notify: int = 0
) -> None:
	"""Tell a user in his desk that a document was shared with him."""
	if not shared_by or cint(everyone):
		return
	from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

	subject = _("{0} shared a document {1} {2} with you").format(
		frappe.bold(frappe.session.user), frappe.bold(_(doctype)), doc_name
	)
	enqueue_create_notification(
		[shared_by],
		{
			"type": "Share",
			"document_type": doctype,
			"document_name": doc_name,
			"subject": subject,
			"from_user": frappe.session.user,
		},
	)


def remove(doctype: str, name: str, user: str, flags: dict | None = None) -> None:
	"""End a share."""
	share_name = frappe.db.get_value("DocShare", {"user": user, "share_name": name, "share_doctype": doctype})
	if share_name:
		frappe.delete_doc("DocShare", share_name, flags=flags, ignore_permissions=True)


@frappe.whitelist()
def set_permission(
	doctype: str, name: str, user: str, permission_to: str, value: int | str = 1, everyone: int | str = 0
) -> Any:
	"""Set one right of a share; a share without any right is removed."""
	return set_docshare_permission(doctype, name, user, permission_to, value=value, everyone=everyone)


def set_docshare_permission(
	doctype: str,
	name: str,
	user: str,
	permission_to: str,
	value: int | str = 1,
	everyone: int | str = 0,
	flags: dict | None = None,
) -> Any:
	"""Set one right (read, write, submit, share) of a share and return it, {} when it was removed.

	Raises:
		PermissionError: the current user may not share the document.
		ValidationError: there is no such right.
	"""
	if permission_to not in ("read", "write", "submit", "share"):
		frappe.throw(_("{0} is not a right that can be shared").format(permission_to))
	if not (flags or {}).get("ignore_share_permission"):
		check_share_permission(doctype, name)
	value = cint(value)
	share_name = get_share_name(doctype, name, user, everyone)
	if not share_name:
		return (
			add_docshare(doctype, name, user, everyone=everyone, **{permission_to: 1}, flags=flags)
			if value
			else {}
		)
	share = frappe.get_doc("DocShare", share_name)
	share.flags.ignore_permissions = True
	if flags:
		share.flags.update(flags)
	share.set(permission_to, value)
	if not value and permission_to == "read":
		share.update({"write": 0, "submit": 0, "share": 0})
	share.save()
	if any(share.get(right) for right in ("read", "write", "submit", "share")):
		return share
	share.delete()
	return {}


@frappe.whitelist()
def get_users(doctype: str, name: str) -> list:
	"""Return with whom a document is shared; the caller must be allowed to read it."""
	frappe.has_permission(doctype, "read", doc=name, throw=True)
	return _get_users(frappe._dict(doctype=doctype, name=name))


def _get_users(doc: Any) -> list:
	return frappe.get_all(
		"DocShare",
		fields=["name", "user", "read", "write", "submit", "share", "everyone", "owner", "creation"],
		filters={"share_doctype": doc.doctype, "share_name": doc.name},
		order_by="creation",
	)


def get_shared(
	doctype: str,
	user: str | None = None,
	rights: list[str] | None = None,
	*,
	filters: list | None = None,
	limit: int | None = None,
) -> list[str]:
	"""Return the names of documents shared with a user, or with everyone.

	Args:
		rights: rights the share must give: read unless named.
		filters: further conditions, such as `[["share_name", "=", name]]`.
		limit: at most so many.
	"""
	user = user or frappe.session.user
	wanted = [right for right in rights or ["read"] if right in ("read", "write", "submit", "share")]
	conditions = "".join(f" and `{right}` = 1" for right in wanted)
	values: list[Any] = [doctype, user]
	for field, operator, value in filters or ():
		if (field, operator) == ("share_name", "="):
			conditions += " and `share_name` = %s"
			values.append(value)
	audience = "`user` = %s" if user == "Guest" else "(`user` = %s or `everyone` = 1)"
	return [
		row[0]
		for row in frappe.db.sql(
			"select distinct `share_name` from `tabDocShare`"
			f" where `share_doctype` = %s and {audience}{conditions}"
			+ (f" limit {int(limit)}" if limit else ""),
			values,
		)
	]


def get_shared_doctypes(user: str | None = None) -> list[str]:
	"""Return the DocTypes of which a document is shared with a user."""
	user = user or frappe.session.user
	return [
		row[0]
		for row in frappe.db.sql(
			"select distinct `share_doctype` from `tabDocShare`"
			" where `read` = 1 and (`user` = %s or `everyone` = 1)",
			user,
		)
	]


def get_share_name(doctype: str, name: str, user: str, everyone: int | str) -> str | None:
	"""Return the name of the DocShare of a document for a user, or for everyone."""
	who = {"everyone": 1} if cint(everyone) else {"user": user}
	return frappe.db.get_value("DocShare", {"share_name": name, "share_doctype": doctype, **who})


def check_share_permission(doctype: str, name: str) -> None:
	"""Refuse when the current user may not share a document.

	Raises:
		PermissionError: he may not.
	"""
	if not frappe.has_permission(doctype, ptype="share", doc=name):
		frappe.throw(
			_("No permission to {0} {1} {2}").format("share", _(doctype), name), frappe.PermissionError
		)
