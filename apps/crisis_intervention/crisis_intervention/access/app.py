"""Who sees the app at all."""

from crisis_intervention.access.roles import ALL_ROLES, roles_of


def has_app_permission() -> bool:
	"""Say whether the user of the session has any role of the app."""
	return bool(roles_of(None) & {*ALL_ROLES, "System Manager"})
