"""Assigns documents to users by ToDos. The functions are Frappe's of `frappe.desk.form.assign_to`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import nowdate

CLOSED = ("Cancelled", "Closed")


def get(args: Any = None) -> list[dict]:
	"""Return {owner: assignee, name: ToDo} of a document's open assignments, the newest five first.

	Args:
		args: {"doctype", "name"}; the request's arguments unless given.
	"""
	values = frappe._dict(args or frappe.local.form_dict)
	return frappe.get_all(
		"ToDo",
		fields=["allocated_to as owner", "name"],
		filters={
			"reference_type": values.doctype,
			"reference_name": values.name,
			"status": ("not in", CLOSED),
		},
		limit=5,
	)


@frappe.whitelist(methods=["POST"])
def add(args: Any = None, *, ignore_permissions: bool = False) -> list[dict]:
	"""Assign a document to users; whoever may not read it yet gets it shared for reading.

	Args:
		args: {"doctype", "name", "assign_to": [users], "description", "date", "priority", "assigned_by"}; the
			request's arguments unless given.
		ignore_permissions: the caller has checked that the document may be assigned.

	Returns the open assignments, see `get`.

	Raises:
		frappe.PermissionError: the current user may not read the document.
	"""
	values = frappe._dict(args or frappe.local.form_dict)
	doc = frappe.get_doc(values.doctype, values.name)
	if not _own(ignore_permissions):
		doc.check_permission()
	doubles, shared_with = [], []
	for user in frappe.parse_json(values.assign_to):
		if _is_assigned(values, user):
			doubles.append(user)
			continue
		_insert_todo(values, user)
		if _share(doc, user):
			shared_with.append(user)
		notify_assignment(
			frappe.session.user, user, values.doctype, values.name, "ASSIGN", values.description
		)
	_tell(_("Shared with the following Users with Read access:{0}"), shared_with, alert=True)
	_tell(_("Already in the following Users ToDo list:{0}"), doubles, alert=True)
	return get(values)


def _is_assigned(values: Any, user: str) -> bool:
	filters = {
		"reference_type": values.doctype,
		"reference_name": values.name,
		"status": "Open",
		"allocated_to": user,
	}
	return bool(frappe.get_all("ToDo", filters=filters, limit=1))


def _insert_todo(values: Any, user: str) -> None:
	description = values.description or _("Assignment for {0} {1}").format(_(values.doctype), values.name)
	todo = frappe.get_doc(
		doctype="ToDo",
		allocated_to=user,
		reference_type=values.doctype,
		reference_name=str(values.name),
		description=description,
		priority=values.priority or "Medium",
		status="Open",
		date=values.date or nowdate(),
		assigned_by=values.assigned_by or frappe.session.user,
	)
	# The right to assign is the right to read the document, checked above.
	todo.insert(ignore_permissions=True)
	if frappe.get_meta(values.doctype).has_field("assigned_to"):
		frappe.db.set_value(values.doctype, values.name, "assigned_to", user)


def _share(doc: Any, user: str) -> bool:
	if frappe.has_permission(doc=doc, doctype=doc.doctype, user=user):
		return False
	if frappe.db.get_single_value("System Settings", "disable_document_sharing"):
		text = _("User {0} is not permitted to access this document.").format(frappe.bold(user))
		frappe.throw(text, title=_("Missing Permission"))
	from frappe.share import add as share

	share(doc.doctype, doc.name, user)
	return True


def _tell(text: str, users: list[str], alert: bool) -> None:
	if users:
		frappe.msgprint(text.format("<br>" + "<br>".join(users)), alert=alert)


@frappe.whitelist(methods=["POST"])
def add_multiple(args: Any = None) -> None:
	"""Assign several documents; `name` holds the JSON of their names, the rest is as for `add`."""
	values = frappe._dict(args or frappe.local.form_dict)
	for name in frappe.parse_json(values.name):
		add({**values, "name": name})


@frappe.whitelist(methods=["POST"])
def remove(doctype: str, name: str, assign_to: str, ignore_permissions: bool = False) -> list[dict]:
	"""Cancel a user's assignment; return those left, see `get`."""
	return set_status(
		doctype, name, "", assign_to, status="Cancelled", ignore_permissions=_own(ignore_permissions)
	)


@frappe.whitelist(methods=["POST"])
def remove_multiple(doctype: str, names: Any, ignore_permissions: bool = False) -> None:
	"""Cancel all assignments of several documents.

	Args:
		names: a list or its JSON.
	"""
	for name in frappe.parse_json(names):
		for row in get({"doctype": doctype, "name": name}):
			set_status(
				doctype, name, row.name, row.owner, "Cancelled", ignore_permissions=_own(ignore_permissions)
			)


@frappe.whitelist(methods=["POST"])
def close(doctype: str, name: str, assign_to: str, ignore_permissions: bool = False) -> list[dict]:
	"""Complete one's own assignment; return those left, see `get`.

	Raises:
		frappe.ValidationError: it is somebody else's.
	"""
	if assign_to != frappe.session.user:
		frappe.throw(_("Only the assignee can complete this to-do."))
	return set_status(
		doctype, name, "", assign_to, status="Closed", ignore_permissions=_own(ignore_permissions)
	)


def _own(ignore_permissions: Any) -> bool:
	"""Only code may leave the check out; what a client sends under that name counts for nothing."""
	sent = bool(getattr(frappe.local, "request", None)) and "ignore_permissions" in (
		frappe.local.form_dict or {}
	)
	return bool(ignore_permissions) and not sent


def set_status(
	doctype: str,
	name: str,
	todo: str | None = None,
	assign_to: str | None = None,
	status: str = "Cancelled",
	ignore_permissions: bool = False,
) -> list[dict]:
	"""Give an assignment another status; return the open ones, see `get`.

	Args:
		doctype, name: the document.
		todo: the ToDo, or it is found by `assign_to`.
		status: Cancelled, Closed or Open.
		ignore_permissions: the caller has checked that.
	"""
	if not ignore_permissions:
		frappe.get_doc(doctype, name).check_permission()
	filters = {
		"reference_type": doctype,
		"reference_name": name,
		"allocated_to": assign_to,
		"status": ("!=", status),
	}
	found = todo or frappe.db.get_value("ToDo", filters)
	if found:
		doc = frappe.get_doc("ToDo", found)
		doc.status = status
		doc.save(ignore_permissions=True)
		notify_assignment(doc.assigned_by, doc.allocated_to, doctype, name)
	if status in CLOSED and frappe.get_meta(doctype).has_field("assigned_to"):
		frappe.db.set_value(doctype, name, "assigned_to", None)
	return get({"doctype": doctype, "name": name})


def close_all_assignments(doctype: str, name: str, ignore_permissions: bool = False) -> bool:
	"""Complete all assignments of a document; tell whether there were any."""
	return _end_all(doctype, name, "Closed", ignore_permissions)


def clear(doctype: str, name: str, ignore_permissions: bool = False) -> bool:
	"""Cancel all assignments of a document; tell whether there were any."""
	return _end_all(doctype, name, "Cancelled", ignore_permissions)


def _end_all(doctype: str, name: str, status: str, ignore_permissions: bool) -> bool:
	rows = frappe.get_all(
		"ToDo",
		fields=["allocated_to", "name"],
		filters={"reference_type": doctype, "reference_name": name, "status": ("not in", CLOSED)},
	)
	for row in rows:
		set_status(doctype, name, row.name, row.allocated_to, status, ignore_permissions)
	return bool(rows)


def notify_assignment(
	assigned_by: str | None,
	allocated_to: str | None,
	doc_type: str | None,
	doc_name: str | None,
	action: str = "CLOSE",
	description: str | None = None,
) -> None:
	"""Tell an assignee, in the desk, of an assignment that was made or ended.

	Args:
		assigned_by, allocated_to: users.
		doc_type, doc_name: the document.
		action: ASSIGN or CLOSE.
		description: shown as the notification's text.
	"""
	if not (assigned_by and allocated_to and doc_type and doc_name):
		return
	if assigned_by == allocated_to or not frappe.db.get_value("User", allocated_to, "enabled"):
		return
	from frappe.automation.notices import make_notification_logs

	who = frappe.bold(frappe.utils.get_fullname(frappe.session.user))
	what = f"{frappe.bold(_(doc_type))} {doc_name}"
	if action == "CLOSE":
		subject = _("Your assignment on {0} has been removed by {1}").format(what, who)
	else:
		subject = _("{0} assigned a new task {1} to you").format(who, what)
	notice = {
		"type": "Assignment",
		"document_type": doc_type,
		"document_name": doc_name,
		"subject": subject,
		"from_user": frappe.session.user,
		"email_content": description if action == "ASSIGN" else None,
	}
	make_notification_logs(notice, [allocated_to])
