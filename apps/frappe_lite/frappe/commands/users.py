"""Commands on users."""

from __future__ import annotations

import click

import frappe
from frappe.commands import for_each_site, pass_context


@click.command("add-user")
@click.argument("email")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--password")
@click.option("--user-type")
@click.option("--add-role", multiple=True, help="Role to give; may be given several times")
@click.option("--send-welcome-email", is_flag=True, default=False)
@pass_context
def add_user(
	context: frappe._dict,
	email: str,
	first_name: str | None,
	last_name: str | None,
	password: str | None,
	user_type: str | None,
	add_role: tuple[str, ...],
	send_welcome_email: bool,
):
	"""Add a user to sites."""
	for site in for_each_site(context):
		if frappe.db.exists("User", email):
			raise click.ClickException(f"User {email} already exists on {site}")
		_insert_user(email, first_name, last_name, password, user_type, add_role, send_welcome_email)


def _insert_user(email, first_name, last_name, password, user_type, roles, send_welcome_email) -> None:
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first_name or email,
			"last_name": last_name,
			"enabled": 1,
			"user_type": user_type or "System User",
			"send_welcome_email": int(send_welcome_email),
			"roles": [{"role": role} for role in roles],
		}
	)
	user.insert()
	if password:
		_set_password(email, password)


@click.command("add-system-manager")
@click.argument("email")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--password")
@click.option("--send-welcome-email", is_flag=True, default=False)
@pass_context
def add_system_manager(
	context: frappe._dict,
	email: str,
	first_name: str | None,
	last_name: str | None,
	password: str | None,
	send_welcome_email: bool,
):
	"""Add a user who manages sites."""
	for _site in for_each_site(context):
		_insert_user(
			email, first_name, last_name, password, "System User", ("System Manager",), send_welcome_email
		)


@click.command("disable-user")
@click.argument("email")
@pass_context
def disable_user(context: frappe._dict, email: str):
	"""Shut a user out of sites."""
	for _site in for_each_site(context):
		user = _get_user(email)
		user.enabled = 0
		user.save()


def _get_user(name: str):
	if not frappe.db.exists("User", name):
		raise click.ClickException(f"User {name} does not exist")
	return frappe.get_doc("User", name)


@click.command("set-password")
@click.argument("user")
@click.argument("password", required=False)
@click.option("--logout-all-sessions", is_flag=True, default=False, help="End the user's sessions")
@pass_context
def set_password(context: frappe._dict, user: str, password: str | None, logout_all_sessions: bool = False):
	"""Set the password of a user."""
	_for_user(context, user, password, logout_all_sessions)


@click.command("set-admin-password")
@click.argument("admin-password", required=False)
@click.option("--logout-all-sessions", is_flag=True, default=False, help="End all sessions of Administrator")
@pass_context
def set_admin_password(context: frappe._dict, admin_password: str | None, logout_all_sessions: bool = False):
	"""Set the password of Administrator."""
	_for_user(context, "Administrator", admin_password, logout_all_sessions)


def _for_user(context: frappe._dict, user: str, password: str | None, logout_all_sessions: bool) -> None:
	password = password or click.prompt(f"Password of {user}", hide_input=True, confirmation_prompt=True)
	for _site in for_each_site(context):
		_get_user(user)
		_set_password(user, password, logout_all_sessions)


def _set_password(user: str, password: str, logout_all_sessions: bool = False) -> None:
	from frappe.utils.password import update_password

	update_password(user=user, pwd=password, logout_all_sessions=logout_all_sessions)


commands = [add_user, add_system_manager, disable_user, set_password, set_admin_password]
