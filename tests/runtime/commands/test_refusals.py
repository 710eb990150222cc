"""Wrong input on the command line: one sentence that says what is wrong, exit code 1 or 2, no traceback."""

import json
import sys

import click
import frappe
import pytest
from click.testing import CliRunner
from frappe.commands import one_sentence
from frappe.utils import bench_helper

SITE = "a.localhost"
GIVEN = ("--site", SITE)
NOT_THERE = ("--site", "nope")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
	"""A bench with one site; no command of this module changes it."""
	root = tmp_path_factory.mktemp("bench")
	for folder in ("apps", "sites", "logs", "config/pids"):
		(root / folder).mkdir(parents=True)
	(root / "sites/apps.txt").write_text("frappe\n", encoding="utf-8")
	(root / "sites/common_site_config.json").write_text("{}", encoding="utf-8")
	frappe.init("", sites_path=str(root / "sites"), force=True)
	from frappe.installer import new_site

	new_site(SITE, admin_password="admin")
	frappe.destroy()
	return root / "sites"


@pytest.fixture
def bench(sites, monkeypatch):
	"""Run a command in the folder of the sites; answers (exit code, what it printed)."""
	monkeypatch.chdir(sites)
	monkeypatch.delenv("FRAPPE_SITE", raising=False)

	def run(*arguments):
		result = CliRunner().invoke(bench_helper.get_app_groups()["frappe"], list(arguments), obj={})
		assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
		return result.exit_code, result.output

	yield run
	frappe.destroy()


@pytest.mark.parametrize(
	"command",
	[
		("list-apps",),
		("migrate",),
		("doctor",),
		("backup",),
		("console",),
		("set-config", "a", "b"),
		("show-config",),
		("scheduler", "status"),
		("scheduler", "pause"),
		("set-maintenance-mode", "on"),
		("run-tests",),
		("execute", "frappe.ping"),
		("add-user", "a@example.com"),
		("set-admin-password", "x"),
		("install-app", "frappe"),
		("uninstall-app", "frappe", "-y"),
		("clear-cache",),
		("enable-scheduler",),
		("export-fixtures",),
		("start",),
	],
	ids=lambda command: command[0],
)
def test_a_site_that_does_not_exist(bench, command):
	code, output = bench(*NOT_THERE, *command)
	assert code == 1
	assert output.removeprefix("Migrating nope\n") == "Error: Site nope does not exist on this bench\n"


@pytest.mark.parametrize(
	("arguments", "sentence"),
	[
		((*GIVEN, "install-app", "nope"), "App nope is not in apps.txt of this bench"),
		((*GIVEN, "uninstall-app", "frappe", "-y"), "The runtime itself cannot be removed"),
		((*GIVEN, "add-user", "nobody"), "nobody is not a valid Email Address"),
		((*GIVEN, "add-user", "a@example.com", "--add-role", "Nope"), "Nope"),
		((*GIVEN, "set-password", "nobody@example.com", "x"), "User nobody@example.com does not exist"),
		((*GIVEN, "execute", "frappe.nope"), "There is no frappe.nope"),
		((*GIVEN, "execute", "frappe.utils.nope"), "There is no frappe.utils.nope"),
		((*GIVEN, "execute", "frappe.nope.nope"), "There is no frappe.nope.nope"),
		((*GIVEN, "execute", "nope.nope"), "App nope is not installed"),
		((*GIVEN, "execute", "frappe.db.count", "--args", "[bad"), "is not a Python literal"),
		((*GIVEN, "export-fixtures", "--app", "nope"), f"App nope is not installed on {SITE}"),
		((*GIVEN, "trigger-scheduler-event", "nope"), "No scheduled job for nope"),
		((*GIVEN, "run-tests"), "Testing is disabled for the site"),
		(("new-site", SITE, "--admin-password", "x"), f"Site {SITE} already exists"),
		(("drop-site", "nope"), "Site nope does not exist on this bench"),
		(("use", "nope"), "Site nope does not exist on this bench"),
	],
	ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_input(bench, arguments, sentence):
	code, output = bench(*arguments)
	assert (code, output.count("\n")) == (1, 1)
	assert output.startswith("Error: ") and sentence in output


@pytest.mark.parametrize(
	"arguments",
	[
		("nope",),
		("migrate",),
		(*GIVEN, "migrate", "--nope"),
		(*GIVEN, "scheduler", "nope"),
		(*GIVEN, "restore", "/nope.gz"),
		(*GIVEN, "restore"),
	],
	ids=" ".join,
)
def test_wrong_usage_exits_with_two(bench, arguments):
	code, output = bench(*arguments)
	assert code == 2 and "Error: " in output


def test_verbose_shows_where_something_was_refused(sites, monkeypatch):
	monkeypatch.chdir(sites)
	arguments = ["--site", SITE, "--verbose", "add-user", "nobody"]
	result = CliRunner().invoke(bench_helper.get_app_groups()["frappe"], arguments, obj={})
	assert isinstance(result.exception, frappe.InvalidEmailAddressError)
	frappe.destroy()


def test_a_missing_optional_package_comes_with_its_remedy(monkeypatch):
	monkeypatch.setitem(sys.modules, "rq", None)
	with pytest.raises(click.ClickException, match=r"frappe_lite\[queue\]"), one_sentence():
		import rq  # noqa: F401
	with pytest.raises(ModuleNotFoundError), one_sentence():
		import no_such_package  # noqa: F401


@pytest.mark.mariadb
def test_a_mariadb_that_refuses_is_one_sentence(bench, sites, mariadb_server):
	port = ("--db-port", str(mariadb_server.port), "--db-root-password", "wrong")
	code, output = bench("new-site", "m.localhost", "--admin-password", "x", "--db-type", "mariadb", *port)
	assert code == 1 and "does not let root in" in output and "Traceback" not in output
	assert not (sites / "m.localhost").exists()


def test_a_backup_is_found_from_the_root_of_the_bench(bench, sites):
	bench(*GIVEN, "backup")
	path = next((sites / SITE / "private/backups").glob("*-database.db.gz"))
	code, output = bench(*GIVEN, "restore", str(path.relative_to(sites.parent)), "--force")
	assert code == 0, output
	assert json.loads(bench(*GIVEN, "list-apps", "-f", "json")[1]) == {SITE: ["frappe"]}
