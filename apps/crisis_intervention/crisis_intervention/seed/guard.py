"""Names are shared on a bench: a foreign DocType or module of our name must stop the install."""

import json
from pathlib import Path

import frappe
from frappe import _

APP = "crisis_intervention"


def refuse_foreign_names() -> None:
	"""Stop when another app owns a module or DocType of our name.

	:raises frappe.ValidationError: naming the record and whose it is
	"""
	modules = frappe.get_module_list(APP)
	for module in modules:
		owner = frappe.db.get_value("Module Def", module, "app_name")
		if owner and owner != APP:
			_refuse(_("The module {0} is taken by {1}.").format(module, owner))
	for doctype in own_doctypes():
		module = frappe.db.get_value("DocType", doctype, "module")
		if module and module not in modules:
			_refuse(_("The DocType {0} is taken by {1}.").format(doctype, module))


def own_doctypes() -> list[str]:
	"""List the DocTypes that the app brings, from its folders."""
	found = []
	for path in sorted(Path(frappe.get_app_path(APP)).glob("*/doctype/*/*.json")):
		if path.stem == path.parent.name:
			found.append(json.loads(path.read_text(encoding="utf-8"))["name"])
	return found


def _refuse(what: str) -> None:
	frappe.throw(what + " " + _("Crisis Intervention cannot be installed beside it."))
