"""What a Crisis Administrator may customise: rights on the host's own records of customising, given once.

The host ships these rights to System Manager only. Accounts, roles, server scripts and the Role Permissions
Manager stay with System Manager and Script Manager. Neither role reads a case.
"""

from frappe.permissions import add_permission, update_permission_property

from crisis_intervention.access.roles import ADMINISTRATOR

FULL = ("read", "write", "create", "delete", "report", "export")
READ = ("read",)
RIGHTS = {
	"Custom Field": FULL,
	"Property Setter": FULL,
	"Customize Form": ("read", "write", "create"),
	"Client Script": FULL,
	"Print Format": FULL,
	"Report": FULL,
	"Web Form": FULL,
	"Notification": FULL,
	"Workflow": FULL,
	"Workflow State": FULL,
	"Workflow Action Master": FULL,
	"Translation": FULL,
	"DocType": READ,
	"Module Def": READ,
	"Role": READ,
}


def grant_customising() -> None:
	"""Give the role Crisis Administrator its rights; running twice changes nothing."""
	for doctype, rights in RIGHTS.items():
		if add_permission(doctype, ADMINISTRATOR):
			for right in rights:
				update_permission_property(doctype, ADMINISTRATOR, 0, right, 1, validate=False)
