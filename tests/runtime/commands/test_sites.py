"""The command line on sites, called as `bench` calls it: from the folder of the sites."""

import json
import os
from pathlib import Path

import frappe
import pytest
from click.testing import CliRunner
from frappe.utils import bench_helper


@pytest.fixture
def sites(tmp_path, monkeypatch):
	"""The sites folder of an empty bench, as working directory."""
	for folder in ("apps", "sites", "logs", "config/pids"):
		(tmp_path / folder).mkdir(parents=True)
	sites = tmp_path / "sites"
	(sites / "apps.txt").write_text("frappe\n", encoding="utf-8")
	(sites / "common_site_config.json").write_text("{}", encoding="utf-8")
	monkeypatch.chdir(sites)
	monkeypatch.delenv("FRAPPE_SITE", raising=False)
	yield sites
	frappe.destroy()


@pytest.fixture
def bench(sites):
	"""Run a command: `bench("--site", "a", "migrate")` answers its output; an error fails the test."""

	def run(*arguments, code=0, input=None):
		group = bench_helper.get_app_groups()["frappe"]
		result = CliRunner().invoke(group, list(arguments), obj={}, input=input)
		text = result.output + (f"\n{result.exception!r}" if result.exception else "")
		assert result.exit_code == code, text
		return result.output

	return run


@pytest.fixture
def site(bench):
	bench("new-site", "a.localhost", "--admin-password", "admin")
	return "a.localhost"


def test_a_new_site_is_listed_and_private(bench, sites, site):
	assert json.loads(bench("--site", site, "list-apps", "--format", "json")) == {site: ["frappe"]}
	config = sites / site / "site_config.json"
	assert config.stat().st_mode & 0o077 == 0
	for folder in ("private", "db"):
		assert (sites / site / folder).stat().st_mode & 0o077 == 0


def test_a_site_is_not_made_twice(bench, sites, site):
	before = (sites / site / "site_config.json").read_text()
	assert "already exists" in bench("new-site", site, "--admin-password", "x", code=1)
	assert (sites / site / "site_config.json").read_text() == before


def test_force_replaces_a_site(bench, site):
	bench("--site", site, "add-user", "a@example.com", "--password", "Zx9!kkqP2w")
	bench("new-site", site, "--admin-password", "admin", "--force")
	assert bench("--site", site, "execute", "frappe.db.exists", "--args", "['User', 'a@example.com']") == ""


def test_a_failed_new_site_leaves_nothing(bench, sites):
	assert "not in apps.txt" in bench(
		"new-site", "b", "--admin-password", "x", "--install-app", "nope", code=1
	)
	assert not (sites / "b").exists()


@pytest.mark.parametrize("name", ["../b", ".hidden", "a/b", "a b", "学校", "a;b", ""])
def test_names_that_would_leave_the_bench_are_refused(bench, sites, name):
	assert "is not a name for a site" in bench("new-site", name, "--admin-password", "x", code=1)
	assert sorted(os.listdir(sites)) == ["apps.txt", "common_site_config.json"]


def test_a_missing_site_is_one_clear_sentence(bench):
	assert "does not exist" in bench("--site", "nope", "list-apps", code=1)
	assert "does not exist" in bench("--site", "nope", "migrate", code=1)


def test_no_site_is_one_clear_sentence(bench):
	assert "--site" in bench("migrate", code=2)


def test_use_and_set_default_choose_the_site(bench, sites):
	bench("new-site", "a", "--admin-password", "x", "--set-default")
	assert json.loads(bench("list-apps", "-f", "json")) == {"a": ["frappe"]}
	assert "does not exist" in bench("use", "b", code=1)


def test_execute_calls_functions_and_expressions(bench, site):
	assert json.loads(bench("--site", site, "execute", "frappe.get_installed_apps")) == ["frappe"]
	assert bench("--site", site, "execute", "frappe.db.count", "--args", '["Role"]').strip().isdigit()
	assert bench("--site", site, "execute", "1 + 1").strip() == "2"


def test_execute_rolls_back_on_an_error(bench, site):
	bench("--site", site, "execute", "frappe.db.set_default('k', 'v') or 1 / 0", code=1)
	assert bench("--site", site, "execute", "frappe.db.get_default", "--args", "['k']") == ""


def test_set_config_reads_values_and_removes_keys(bench, sites, site):
	bench("--site", site, "set-config", "developer_mode", "1", "--parse")
	bench("--site", site, "set-config", "mail", "{'a': 1}", "--as-dict")
	bench("set-config", "-g", "lang", "en")
	config = json.loads((sites / site / "site_config.json").read_text())
	assert config["developer_mode"] == 1 and config["mail"] == {"a": 1}
	assert json.loads(Path("common_site_config.json").read_text()) == {"lang": "en"}
	for text, value in {"0": 0, "1": 1, "true": True, "false": False, "15": "15"}.items():
		bench("--site", site, "set-config", "maintenance_mode", text)
		assert json.loads((sites / site / "site_config.json").read_text())["maintenance_mode"] == value
	bench("--site", site, "set-config", "mail", "None")
	assert "mail" not in json.loads((sites / site / "site_config.json").read_text())


def test_users_are_added_disabled_and_get_passwords(bench, site):
	bench("--site", site, "add-user", "u@example.com", "--first-name", "U", "--password", "Zx9!kkqP2w")
	assert "already exists" in bench("--site", site, "add-user", "u@example.com", code=1)
	check = "frappe.utils.password.check_password"
	bench("--site", site, "execute", check, "--args", "['u@example.com', 'Zx9!kkqP2w']")
	bench("--site", site, "set-password", "u@example.com", "Other-9!kkqP2w")
	bench("--site", site, "execute", check, "--args", "['u@example.com', 'Zx9!kkqP2w']", code=1)
	bench("--site", site, "disable-user", "u@example.com")
	answer = bench(
		"--site", site, "execute", "frappe.db.get_value", "--args", "['User', 'u@example.com', 'enabled']"
	)
	assert answer.strip() == "0"
	assert "does not exist" in bench("--site", site, "set-password", "nobody@example.com", "x", code=1)


def test_add_system_manager(bench, site):
	bench("--site", site, "add-system-manager", "m@example.com", "--password", "Zx9!kkqP2w")
	roles = json.loads(bench("--site", site, "execute", "frappe.get_roles", "--args", "['m@example.com']"))
	assert "System Manager" in roles


def test_migrate_twice_changes_nothing(bench, site):
	count = (
		"sum(frappe.db.count(d) for d in ['DocType', 'DocField', 'Patch Log', 'Scheduled Job Type', 'Role'])"
	)
	before = bench("--site", site, "execute", count)
	bench("--site", site, "migrate")
	bench("--site", site, "migrate")
	assert bench("--site", site, "execute", count) == before


def test_migrate_keeps_what_an_admin_customised(bench, site):
	values = "doctype='Custom Field', dt='ToDo', label='Room', fieldtype='Data'"
	insert = f"frappe.get_doc(dict({values})).insert().name"
	assert bench("--site", site, "execute", insert).strip() == "ToDo-custom_room"
	bench("--site", site, "execute", "frappe.db.sql('update tabDocType set migration_hash = null') and None")
	bench("--site", site, "migrate")
	assert (
		bench("--site", site, "execute", "int(frappe.get_meta('ToDo').has_field('custom_room'))").strip()
		== "1"
	)


def test_scheduler_and_maintenance_mode(bench, site, sites):
	assert "enabled" in bench("--site", site, "scheduler", "status")
	bench("--site", site, "disable-scheduler")
	assert "disabled" in bench("--site", site, "scheduler", "status")
	bench("--site", site, "enable-scheduler")
	bench("--site", site, "scheduler", "pause")
	assert "paused" in bench("--site", site, "scheduler", "status")
	bench("--site", site, "set-maintenance-mode", "on")
	assert json.loads((sites / site / "site_config.json").read_text())["maintenance_mode"] == 1


def test_doctor_says_what_is_wrong(bench, site):
	output = bench("--site", site, "doctor", code=1)
	assert "SQLite, ok" in output and "no scheduler has run" in output


def test_console_reads_a_script(bench, site):
	assert "frappe" in bench("--site", site, "console", input="print(frappe.get_installed_apps())\n")


def test_reinstall_throws_data_away(bench, site):
	bench("--site", site, "add-user", "u@example.com", "--password", "Zx9!kkqP2w")
	bench("--site", site, "reinstall", "--yes", "--admin-password", "admin")
	assert bench("--site", site, "execute", "frappe.db.exists", "--args", "['User', 'u@example.com']") == ""


def test_a_dropped_site_is_archived_with_a_backup(bench, sites, site):
	bench("drop-site", site)
	assert not (sites / site).exists()
	archived = sites.parent / "archived" / "sites" / site
	assert any(name.endswith("-database.db.gz") for name in os.listdir(archived / "private" / "backups"))


def test_all_sites_at_once(bench, site):
	bench("new-site", "b.localhost", "--admin-password", "x")
	listed = json.loads(bench("--site", "all", "list-apps", "-f", "json"))
	assert set(listed) == {site, "b.localhost"}


def test_export_and_import_of_documents(bench, site, tmp_path):
	path = str(tmp_path / "roles.json")
	insert = "frappe.get_doc(dict(doctype='Role', role_name='Tx Role')).insert() and None"
	bench("--site", site, "execute", insert)
	bench("--site", site, "export-json", "Role", path, "--name", "Tx Role")
	bench("--site", site, "execute", "frappe.delete_doc('Role', 'Tx Role')")
	bench("--site", site, "import-doc", path)
	assert (
		bench("--site", site, "execute", "frappe.db.exists", "--args", "['Role', 'Tx Role']").strip()
		== "Tx Role"
	)


def test_uninstalling_the_runtime_is_refused(bench, site):
	bench("--site", site, "uninstall-app", "frappe", "--yes", "--no-backup", code=1)
	assert json.loads(bench("--site", site, "list-apps", "-f", "json")) == {site: ["frappe"]}


def test_run_tests_needs_a_site_that_allows_them(bench, site):
	assert "allow_tests" in bench("--site", site, "run-tests", "--app", "frappe", code=1)


def test_an_empty_apps_txt_is_survived(bench, sites, site):
	(sites / "apps.txt").write_text("", encoding="utf-8")
	assert json.loads(bench("--site", site, "list-apps", "-f", "json")) == {site: ["frappe"]}
