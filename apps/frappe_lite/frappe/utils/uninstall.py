"""Removal of an app from a site."""

from __future__ import annotations

from typing import Any

import click

import frappe


def remove_app(app_name: str, dry_run: bool, yes: bool, no_backup: bool, force: bool) -> None:
	"""Remove an app with its modules, DocTypes, records and tables; see frappe.installer.remove_app."""
	from frappe.installer import remove_from_installed_apps

	if not _may_go(app_name, force):
		return
	if not dry_run and not _is_confirmed(app_name, yes):
		return
	if not dry_run and not no_backup:
		_back_up()
	_call_hooks("before_uninstall", app_name)
	frappe.flags.in_uninstall = True
	try:
		_remove_modules(app_name, dry_run)
		if not dry_run:
			remove_from_installed_apps(app_name)
			_call_hooks("after_uninstall", app_name)
	finally:
		frappe.flags.in_uninstall = False


def _may_go(app_name: str, force: bool) -> bool:
	if app_name == "frappe":
		raise frappe.ValidationError("The runtime itself cannot be removed from a site")
	if app_name in frappe.get_installed_apps() or force:
		return True
	click.secho(f"App {app_name} is not installed on Site {frappe.local.site}", fg="yellow")
	return False


def _is_confirmed(app_name: str, yes: bool) -> bool:
	question = f"All doctypes (including custom), modules related to {app_name} will be deleted. Continue?"
	return yes or click.confirm(question)


def _back_up() -> None:
	from frappe.utils.backups import scheduled_backup

	click.secho("Backing up...", fg="green")
	scheduled_backup(ignore_files=True)


def _call_hooks(hook: str, app_name: str) -> None:
	for method in frappe.get_hooks(hook, app_name=app_name):
		frappe.get_attr(method)()


def _remove_modules(app_name: str, dry_run: bool) -> None:
	modules = frappe.get_all("Module Def", filters={"app_name": app_name}, pluck="name")
	doctypes = _doctypes_of(modules)
	for doctype, records in _linked_records(modules).items():
		for name in records:
			_say_and_delete(doctype, name, dry_run)
	for row in doctypes:
		_say_and_delete("DocType", row.name, dry_run)
		if not dry_run and not row.issingle:
			frappe.db.sql_ddl(f"drop table if exists `tab{row.name}`")
	for module in modules:
		_say_and_delete("Module Def", module, dry_run)


def _doctypes_of(modules: list[str]) -> list[Any]:
	return frappe.get_all(
		"DocType", filters={"module": ("in", modules)}, fields=["name", "issingle"], limit_page_length=0
	)


def _linked_records(modules: list[str]) -> dict[str, list[str]]:
	"""Return the records of other DocTypes that belong to the modules: reports, workspaces, cards …"""
	linked = frappe.get_all(
		"DocField", filters={"fieldtype": "Link", "options": "Module Def"}, fields=["parent"], pluck="parent"
	)
	found = {}
	for doctype in dict.fromkeys(linked):
		if doctype != "DocType" and not frappe.get_meta(doctype).issingle:
			fieldname = frappe.db.get_value(
				"DocField", {"parent": doctype, "fieldtype": "Link", "options": "Module Def"}, "fieldname"
			)
			found[doctype] = frappe.get_all(doctype, filters={fieldname: ("in", modules)}, pluck="name")
	return found


def _say_and_delete(doctype: str, name: str, dry_run: bool) -> None:
	click.echo(f"{'would remove' if dry_run else 'removing'} {doctype} {name}")
	if not dry_run:
		frappe.delete_doc(doctype, name, ignore_on_trash=True, force=True, ignore_permissions=True)
