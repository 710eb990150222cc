"""The command that runs an app's tests."""

from __future__ import annotations

import click

import frappe
from frappe.commands import get_site, pass_context


@click.command("run-tests")
@click.option("--app", help="Tests of this app")
@click.option("--doctype", help="Tests of this DocType")
@click.option("--module-def", help="Tests of the DocTypes of this Module Def")
@click.option("--module", help="Tests of this dotted module")
@click.option("--test", multiple=True, help="Name of a test method; may be given several times")
@click.option("--case", help="Name of a test class")
@click.option("--failfast", is_flag=True, default=False, help="Stop at the first failure")
@click.option("--junit-xml-output", help="File for a JUnit report")
@click.option("--coverage", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--profile", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option(
	"--skip-test-records", is_flag=True, default=False, help="Accepted for scripts written for Frappe"
)
@click.option("--skip-before-tests", is_flag=True, default=False, help="Do not call `before_tests` hooks")
@click.option("--doctype-list-path", help="Accepted for scripts written for Frappe")
@click.option("--force", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@pass_context
def run_tests(
	context: frappe._dict,
	app: str | None,
	doctype: str | None,
	module_def: str | None,
	module: str | None,
	test: tuple[str, ...],
	case: str | None,
	failfast: bool,
	junit_xml_output: str | None,
	skip_before_tests: bool,
	**ignored,
):
	"""Run tests on a site that allows them (`bench --site … set-config allow_tests true`)."""
	from frappe.test_runner import main

	site = get_site(context)
	frappe.init(site, force=True)
	allowed = frappe.conf.allow_tests
	frappe.destroy()
	if not allowed:
		raise click.ClickException(
			f"Testing is disabled for the site. Enable it by: bench --site {site} set-config allow_tests true"
		)
	code = main(
		site,
		app=app,
		doctype=doctype,
		module_def=module_def,
		module=module,
		tests=test,
		case=case,
		failfast=failfast,
		junit_xml_output=junit_xml_output,
		skip_before_tests=skip_before_tests,
	)
	raise SystemExit(code)


commands = [run_tests]
