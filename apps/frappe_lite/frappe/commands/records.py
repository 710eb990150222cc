"""Commands that bring records into files and back."""

from __future__ import annotations

import os

import click

import frappe
from frappe.commands import for_each_site, pass_context


@click.command("export-fixtures")
@click.option("--app", help="Only fixtures of this app")
@pass_context
def export_fixtures(context: frappe._dict, app: str | None = None):
	"""Write what the `fixtures` hooks name into the apps' fixtures folders."""
	from frappe.utils.fixtures import export_fixtures as export

	for site in for_each_site(context, commit=False):
		if app and app not in frappe.get_installed_apps():
			raise click.ClickException(f"App {app} is not installed on {site}")
		export(app=app)


@click.command("export-json")
@click.argument("doctype")
@click.argument("path")
@click.option("--name", help="Only this document")
@pass_context
def export_json(context: frappe._dict, doctype: str, path: str, name: str | None = None):
	"""Write documents into a JSON file that import-doc reads."""
	for _site in for_each_site(context, commit=False):
		names = (
			[name]
			if name
			else frappe.get_all(doctype, pluck="name", order_by="creation asc", limit_page_length=0)
		)
		if frappe.get_meta(doctype).issingle:
			names = [doctype]
		records = [frappe.get_doc(doctype, each).as_dict(convert_dates_to_str=True) for each in names]
		with open(path, "w", encoding="utf-8") as file:
			file.write(frappe.as_json(records))
		click.echo(f"{len(records)} documents written to {path}")


@click.command("import-doc")
@click.argument("path", type=click.Path(exists=True))
@pass_context
def import_doc(context: frappe._dict, path: str):
	"""Insert or replace the documents of a JSON file, or of all JSON files of a folder."""
	from frappe.utils.fixtures import import_file

	paths = [path]
	if os.path.isdir(path):
		paths = [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.endswith(".json")]
	for _site in for_each_site(context):
		for each in paths:
			import_file(each)


@click.command("reload-doc")
@click.argument("module")
@click.argument("doctype")
@click.argument("docname")
@pass_context
def reload_doc(context: frappe._dict, module: str, doctype: str, docname: str):
	"""Bring one standard record from its file into sites."""
	for _site in for_each_site(context):
		frappe.reload_doc(module, doctype, docname, force=context.force)


@click.command("reload-doctype")
@click.argument("doctype")
@pass_context
def reload_doctype(context: frappe._dict, doctype: str):
	"""Bring one DocType from its file into sites."""
	for _site in for_each_site(context):
		frappe.reload_doctype(doctype, force=context.force)


commands = [export_fixtures, export_json, import_doc, reload_doc, reload_doctype]
