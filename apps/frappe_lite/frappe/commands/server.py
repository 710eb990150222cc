"""Commands that run processes or build assets."""

from __future__ import annotations

import os
import shutil
import subprocess

import click

import frappe
from frappe.commands import get_site, pass_context

DEFAULT_PORT = 8000


@click.command("serve")
@click.option(
	"--port", type=int, help="Port to listen on; `webserver_port` of the configuration unless given"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on")
@click.option("--profile", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--proxy", is_flag=True, default=False, help="Trust the X-Forwarded headers of one proxy")
@click.option(
	"--noreload", "no_reload", is_flag=True, default=False, help="Accepted for scripts written for Frappe"
)
@click.option("--nothreading", "no_threading", is_flag=True, default=False, help="One request at a time")
@click.option("--with-coverage", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@pass_context
def serve(
	context: frappe._dict, port: int | None, host: str, no_threading: bool, proxy: bool, **ignored: bool
):
	"""Serve the sites of the bench over HTTP."""
	from frappe.app import serve as serve_forever

	site = context.sites[0] if context.sites else None
	options = {"no_threading": no_threading, "site": site, "sites_path": ".", "proxy": proxy, "host": host}
	frappe.call(serve_forever, port=port or configured_port(), **options)


def configured_port() -> int:
	"""Return the port of the web server: PORT of the environment, else of the configuration."""
	path = "common_site_config.json"
	configured = frappe.get_file_json(path).get("webserver_port") if os.path.exists(path) else None
	return int(os.environ.get("PORT") or configured or DEFAULT_PORT)


@click.command("start")
@click.option("--port", type=int, help="Port to listen on")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on")
@pass_context
def start(context: frappe._dict, port: int | None, host: str):
	"""Run web server, worker and scheduler in one process until Ctrl-C."""
	from frappe.jobs.process import start as start_process

	frappe.call(
		start_process, port=port or configured_port(), host=host, site=get_site(context), sites_path="."
	)


@click.command("build")
@click.option("--app", help="Only this app")
@click.option("--apps", help="Only these apps, separated by commas")
@click.option("--hard-link", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--production", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--force", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--verbose", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--save-metafiles", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@click.option("--using-cached", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
def build(app: str | None = None, apps: str | None = None, **ignored: bool):
	"""Build the desk, if its sources and Node are there."""
	wanted = [name for name in (app, *(apps or "").split(",")) if name]
	if not wanted or "frappe" in wanted:
		_run_npm("build")


@click.command("watch")
@click.option("--apps", help="Accepted for scripts written for Frappe")
def watch(apps: str | None = None):
	"""Build the desk again whenever a source changes."""
	_run_npm("watch")


def _run_npm(script: str) -> None:
	frappe.init("", force=True)
	folder = frappe.get_app_source_path("frappe", "desk")
	if not os.path.exists(os.path.join(folder, "package.json")):
		click.echo("Nothing to build")
		return
	npm = shutil.which("npm", path=_search_path())
	if not npm:
		click.secho(
			"No Node on this machine: the desk stays as it is built. `make build` fetches Node.", fg="yellow"
		)
		return
	environment = {**os.environ, "PATH": _search_path()}
	code = subprocess.run([npm, "run", script], cwd=folder, env=environment, check=False).returncode
	if code:
		raise SystemExit(code)


def _search_path() -> str:
	"""Node may also lie in the bench's env, where it came from PyPI."""
	return os.pathsep.join([os.path.abspath(os.path.join("..", "env", "bin")), os.environ.get("PATH", "")])


commands = [serve, start, build, watch]
