"""Factories of customisations, as an administrator makes them in the desk."""

from typing import Any

import frappe

from crisis_intervention.access import roles
from crisis_intervention.tests.factories import act_as, make_user


def customiser() -> str:
	"""Return a user who customises and manages accounts: Crisis Administrator with the host's own roles."""
	email = "customiser@crisis.example.com"
	return make_user(email, roles.ADMINISTRATOR, "System Manager", "Script Manager")


def customise(doctype: str, by: str | None = None, **values: Any) -> Any:
	"""Return a new record of the set-up, made by the customiser unless told otherwise."""
	values = {"doctype": doctype, **values}
	return act_as(by or customiser(), lambda: frappe.get_doc(values).insert())


def unique(prefix: str) -> str:
	"""Return a name that nothing has yet."""
	return f"{prefix} {frappe.generate_hash(length=6)}"
