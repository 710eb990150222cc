"""What opens content of cases waits for the team leader: events of the host's own records (art. 24.6).

A record with a switch is saved switched off, a role is left out, and an Access Change is asked for; what has
no switch is refused, and is asked for in an Access Change by hand.
"""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.access import opening
from crisis_intervention.access.protected import is_unshared
from crisis_intervention.governance import access_changes

MACHINERY = ("in_install", "in_uninstall", "in_migrate", "in_patch", "in_setup_wizard")
# Limits of users to these records keep them away from students.
LIMITED_BY = ("School Class", "Student Profile")


def is_free() -> bool:
	"""Say whether nobody needs to approve.

	Machinery and the server's console are free, and so is a school that has no team leader yet: somebody must
	be able to appoint him.
	"""
	if frappe.flags.access_approved or any(frappe.flags.get(flag) for flag in MACHINERY):
		return True
	if frappe.session.user == "Administrator" and not getattr(frappe.local, "request", None):
		return True
	return not access_changes.deciders()


def hold_record(doc: Any, method: str | None = None) -> None:
	"""Save a record that opens content switched off until exactly this content is approved.

	:param doc: a record of one of `opening.KINDS`
	"""
	if is_free() or not opening.is_on(doc) or not opening.opens(doc):
		return
	content = opening.content_hash(doc)
	if access_changes.is_approved(doc.doctype, doc.name, content):
		return
	kind = opening.KINDS[doc.doctype]
	doc.set(kind.switch, kind.off)
	access_changes.ask_for_record(doc, content)
	_say_held()


def hold_roles(doc: Any, method: str | None = None) -> None:
	"""Leave roles that read cases out of a user until the team leader approves them.

	:param doc: User document
	"""
	if is_free():
		return
	held = _new_case_roles(doc)
	if not held:
		return
	doc.set("roles", [row for row in doc.roles if row.role not in held])
	access_changes.ask_for_roles(doc.name, held)
	_say_held()


def report_sign_in(doc: Any, method: str | None = None) -> None:
	"""Tell the team leader when somebody sets a reader's password, key or address: he could sign in as him.

	:param doc: User document, before the host takes the new password out of it
	"""
	if is_free() or doc.is_new() or doc.name == frappe.session.user or not opening.reads_cases(doc.name):
		return
	before = frappe.db.get_value("User", doc.name, ["email", "api_key"], as_dict=True)
	changed = [field for field in ("email", "api_key") if (doc.get(field) or "") != (before.get(field) or "")]
	secrets = [field for field in ("new_password", "api_secret") if _is_set(doc.get(field))]
	if changed or secrets:
		access_changes.report("Sign-in Set", "User", doc.name, {"fields": sorted({*changed, *secrets})})


def refuse_permission(doc: Any, method: str | None = None) -> None:
	"""Refuse rights on DocTypes of cases that go beyond those the app ships.

	:param doc: Custom DocPerm document
	"""
	if not is_unshared(doc.parent) or is_free() or not opening.goes_beyond_standard(doc):
		return
	_refuse(_("Rights on {0} are widened by an approved Access Change only.").format(_(doc.parent)))


def refuse_property(doc: Any, method: str | None = None) -> None:
	"""Refuse properties that open what is hidden.

	:param doc: Property Setter document
	"""
	if is_free():
		return
	if opening.property_opens(doc.doc_type, doc.field_name, doc.property, doc.value):
		_refuse(_("The property {0} of {1} opens content of cases.").format(doc.property, _(doc.doc_type)))


def refuse_fetching(doc: Any, method: str | None = None) -> None:
	"""Refuse a field outside the case that would copy from it.

	:param doc: Custom Field document
	"""
	if not is_free() and opening.fetches_from_case(doc.dt, doc.fetch_from):
		_refuse(_("This field would copy content of a case into {0}.").format(_(doc.dt)))


def refuse_unlimiting(doc: Any, method: str | None = None) -> None:
	"""Refuse to take away what keeps a user to some classes or students.

	:param doc: User Permission document
	"""
	if not is_free() and (doc.allow in LIMITED_BY or is_unshared(doc.allow)):
		_refuse(_("Taking away a limit of a user opens records to him."))


def refuse_cached_chart(doc: Any, method: str | None = None) -> None:
	"""Refuse charts that count cases: the host keeps one result for all users.

	:param doc: Dashboard Chart document
	:raises frappe.PermissionError: always on DocTypes of cases, whoever asks
	"""
	if is_unshared(doc.document_type) and doc.chart_type not in ("Custom", "Report"):
		frappe.throw(
			_("A chart of cases shows one result to everybody. Use a report of the app instead."),
			frappe.PermissionError,
		)


@frappe.whitelist()
def update_permission(
	doctype: str, role: str, permlevel: int | str, ptype: str, value: Any = None, if_owner: int | str = 0
) -> Any:
	"""Set a right of a role; in place of the Role Permissions Manager's own method, which raises no event.

	:raises frappe.PermissionError: for a wider right on a DocType of cases
	"""
	if is_unshared(doctype) and frappe.utils.cint(value) and not is_free():
		row = frappe._dict(parent=doctype, role=role, permlevel=frappe.utils.cint(permlevel))
		row[ptype] = 1
		if opening.goes_beyond_standard(row):
			_refuse(_("Rights on {0} are widened by an approved Access Change only.").format(_(doctype)))
	from frappe.core.page.permission_manager.permission_manager import update

	return update(doctype, role, permlevel, ptype, value, if_owner)


def _new_case_roles(doc: Any) -> list[str]:
	stored = set()
	if not doc.is_new():
		stored = set(frappe.get_all("Has Role", {"parent": doc.name, "parenttype": "User"}, pluck="role"))
	wanted = {row.role for row in doc.get("roles") or []}
	return sorted((wanted - stored) & opening.case_reading_roles())


def _is_set(value: Any) -> bool:
	"""A password field that was not touched holds nothing or stars."""
	return bool(value) and bool(str(value).strip("*"))


def _say_held() -> None:
	frappe.msgprint(
		_("This opens content of cases. It is saved and takes effect when the team leader has approved it."),
		title=_("Waits for approval"),
		indicator="orange",
	)


def _refuse(what: str) -> None:
	how = _("Ask for it in a new Access Change; the team leader decides.")
	frappe.throw(f"{what} {how}", frappe.PermissionError, title=_("Needs approval"))
