"""Permissions: roles, owners, user permissions, shares and hooks give one answer for every door.

`rules` decides on plain values; `documents` answers for a document, `query` the same for a list.
"""

from frappe.permissions.documents import (
	can_export,
	can_import,
	check_doctype_permission,
	get_doc_permissions,
	has_child_permission,
	has_controller_permissions,
	has_permission,
	is_parent_valid,
)
from frappe.permissions.manage import (
	add_permission,
	add_user_permission,
	clear_user_permissions_for_doctype,
	copy_perms,
	get_linked_doctypes,
	remove_permission,
	remove_user_permission,
	reset_perms,
	set_user_permission_if_allowed,
	setup_custom_perms,
	update_permission_property,
)
from frappe.permissions.role_permissions import (
	get_all_perms,
	get_doctypes_with_custom_docperms,
	get_doctypes_with_read,
	get_role_permissions,
	get_valid_perms,
)
from frappe.permissions.roles import (
	ADMIN_ROLE,
	ALL_USER_ROLE,
	AUTOMATIC_ROLES,
	GUEST_ROLE,
	SYSTEM_USER_ROLE,
	get_roles,
	is_system_user,
)
from frappe.permissions.rules import RIGHTS as rights
from frappe.permissions.user_permissions import (
	filter_allowed_docs_for_doctype,
	get_allowed_docs_for_doctype,
	get_user_permissions,
	has_user_permission,
)

std_rights = rights

__all__ = [
	"ADMIN_ROLE",
	"ALL_USER_ROLE",
	"AUTOMATIC_ROLES",
	"GUEST_ROLE",
	"SYSTEM_USER_ROLE",
	"add_permission",
	"add_user_permission",
	"can_export",
	"can_import",
	"check_doctype_permission",
	"clear_user_permissions_for_doctype",
	"copy_perms",
	"filter_allowed_docs_for_doctype",
	"get_all_perms",
	"get_allowed_docs_for_doctype",
	"get_doc_permissions",
	"get_doctypes_with_custom_docperms",
	"get_doctypes_with_read",
	"get_linked_doctypes",
	"get_role_permissions",
	"get_roles",
	"get_user_permissions",
	"get_valid_perms",
	"has_child_permission",
	"has_controller_permissions",
	"has_permission",
	"has_user_permission",
	"is_parent_valid",
	"is_system_user",
	"remove_permission",
	"remove_user_permission",
	"reset_perms",
	"rights",
	"set_user_permission_if_allowed",
	"setup_custom_perms",
	"std_rights",
	"update_permission_property",
]
