"""Changes that open content of cases: asked for, decided by the team leader, applied exactly as approved."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _
from frappe.permissions import add_permission, update_permission_property
from frappe.utils import now_datetime

from crisis_intervention.access import opening, roles
from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.access.protected import is_unshared

REQUESTED, APPROVED, REFUSED, REPORTED = "Requested", "Approved", "Refused", "Reported"
BY_HAND = ("Permission", "Property", "User Permission")
DECIDERS = (roles.LEADER, roles.SCHOOL_LEADER)
TYPES_OF_PROPERTIES = {
	"permlevel": "Int",
	"fetch_from": "Small Text",
	"title_field": "Data",
	"search_fields": "Data",
}


def deciders() -> list[str]:
	"""Return the enabled users who can approve; without any, nothing can wait for them."""
	holders = frappe.get_all(
		"Has Role",
		filters={"role": ["in", DECIDERS], "parenttype": "User"},
		pluck="parent",
		distinct=True,
		order_by="parent asc",
	)
	enabled = {"name": ["in", holders or [""]], "enabled": 1}
	return [user for user in frappe.get_all("User", enabled, pluck="name") if user != "Administrator"]


def may_decide(change: Any, user: str) -> bool:
	"""Say whether a user may decide: leaders, not who asked, not who would gain."""
	gains = change.kind in ("Role", "User Permission") and user == change.document_name
	if user == "Administrator" or user == change.requested_by or gains:
		return False
	return bool(set(DECIDERS) & roles.roles_of(user))


def is_approved(doctype: str, name: str, content: str) -> bool:
	"""Say whether exactly this content of a record was approved."""
	filters = {"document_type": doctype, "document_name": name, "change_hash": content, "state": APPROVED}
	return bool(frappe.db.exists("Access Change", filters))


def ask_for_record(doc: Any, content: str) -> None:
	"""Ask for a record that was saved switched off.

	:param content: hash of what is to be approved
	"""
	values = doc.as_dict(no_nulls=True, no_default_fields=True)
	_ask(kind="Record", document_type=doc.doctype, document_name=doc.name, values=values, change_hash=content)


def ask_for_roles(user: str, names: list[str]) -> None:
	"""Ask for roles that were left out of a user."""
	_ask(kind="Role", document_type="User", document_name=user, values={"roles": names})


def report(kind: str, doctype: str, name: str, values: dict[str, Any]) -> None:
	"""Tell the team leader of something that has happened already.

	:param kind: `Sign-in Set` or `Read by Administrator`
	"""
	_insert(kind=kind, document_type=doctype, document_name=name, values=values, state=REPORTED)


@fails_in_codes
def report_administrator() -> int:
	"""Report what Administrator read of cases since the last report; runs daily.

	:returns: number of readings
	"""
	kind = "Read by Administrator"
	last = frappe.db.get_value("Access Change", {"kind": kind}, "requested_at", order_by="requested_at desc")
	filters: dict[str, Any] = {"user": "Administrator"}
	if last:
		filters["read_at"] = [">", last]
	count = frappe.db.count("Case Read Log", filters)
	if count:
		report(kind, "Case Read Log", "Administrator", {"readings": count})
	return count


def apply(change: Any) -> None:
	"""Carry out an approved change.

	:param change: Access Change document
	:raises frappe.ValidationError: when what was approved is no longer what is there
	"""
	frappe.flags.access_approved = True
	try:
		APPLY[change.kind](change)
	finally:
		frappe.flags.access_approved = False


def summary_of(change: Any) -> str:
	"""Return in one line what a change opens, in names of DocTypes, roles and records of the set-up."""
	if change.kind == "Role":
		return ", ".join(json.loads(change.payload or "{}").get("roles", []))
	if change.kind == "Permission":
		return f"{change.document_type}: {change.role}, {change.permission} ({change.level or 0})"
	if change.kind == "Property":
		field = f".{change.document_field}" if change.document_field else ""
		return f"{change.document_type}{field}: {change.property} = {change.property_value or ''}"
	return f"{change.document_type} {change.document_name or ''}".strip()


def check_asked(change: Any) -> None:
	"""Refuse a request made by hand that says too little or is about nothing of a case.

	:raises frappe.ValidationError: for such a request
	"""
	if change.kind not in BY_HAND:
		frappe.throw(_("A request of this kind arises when the record is saved."))
	needed = {
		"Permission": ("document_type", "role", "permission"),
		"Property": ("document_type", "property"),
		"User Permission": ("document_name",),
	}[change.kind]
	if not all(change.get(field) for field in needed):
		labels = ", ".join(_(change.meta.get_label(field)) for field in needed)
		frappe.throw(_("Fill in: {0}").format(labels))
	if change.kind != "User Permission" and not frappe.db.exists("DocType", change.document_type):
		frappe.throw(_("There is no DocType {0}.").format(change.document_type))
	if change.kind == "Permission" and not is_unshared(change.document_type):
		frappe.throw(_("Rights on {0} need no approval.").format(_(change.document_type)))


def _ask(**values: Any) -> None:
	same = {
		"kind": values["kind"],
		"document_type": values["document_type"],
		"document_name": values["document_name"],
		"state": REQUESTED,
	}
	for name in frappe.get_all("Access Change", same, pluck="name"):
		# The newest wish is the one to be decided.
		frappe.db.set_value("Access Change", name, {"state": REFUSED, "decided_at": now_datetime()})
	_insert(state=REQUESTED, **values)


def _insert(state: str, values: dict[str, Any], **fields: Any) -> None:
	payload = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, default=str)
	change = frappe.get_doc({"doctype": "Access Change", "payload": payload, **fields})
	change.flags.from_guard = state
	# Whoever customises need not have the right to write this record.
	change.insert(ignore_permissions=True)


def _give_roles(change: Any) -> None:
	user = frappe.get_doc("User", change.document_name)
	# The team leader approves; he need not have the right to edit accounts.
	user.flags.ignore_permissions = True
	user.add_roles(*json.loads(change.payload)["roles"])


def _switch_on(change: Any) -> None:
	doc = frappe.get_doc(change.document_type, change.document_name)
	if opening.content_hash(doc) != change.change_hash:
		frappe.throw(_("The record was changed after it was asked for. Ask again."))
	kind = opening.KINDS[doc.doctype]
	doc.set(kind.switch, 1 - kind.off)
	with _as_asked(change.requested_by):
		doc.save()


@contextmanager
def _as_asked(user: str) -> Iterator[None]:
	"""Save as the person who asked: the host lets only him change scripts, if he still may."""
	decider, frappe.session.user = frappe.session.user, user
	try:
		yield
	finally:
		frappe.session.user = decider


def _set_permission(change: Any) -> None:
	level = change.level or 0
	add_permission(change.document_type, change.role, level)
	update_permission_property(change.document_type, change.role, level, change.permission, 1)


def _set_property(change: Any) -> None:
	setter = frappe.get_doc(
		{
			"doctype": "Property Setter",
			"doctype_or_field": "DocField" if change.document_field else "DocType",
			"doc_type": change.document_type,
			"field_name": change.document_field,
			"property": change.property,
			"property_type": TYPES_OF_PROPERTIES.get(change.property, "Check"),
			"value": change.property_value,
		}
	)
	setter.insert(ignore_permissions=True)


def _remove_user_permission(change: Any) -> None:
	frappe.delete_doc("User Permission", change.document_name, ignore_permissions=True)


APPLY: dict[str, Callable[[Any], None]] = {
	"Role": _give_roles,
	"Record": _switch_on,
	"Permission": _set_permission,
	"Property": _set_property,
	"User Permission": _remove_user_permission,
}
