"""A site on MariaDB: made, migrated, backed up, restored and dropped like any other."""

import gzip
import os

import frappe
import pytest
from frappe.commands import connected
from frappe.installer import new_site
from frappe.migrate import SiteMigration
from frappe.utils.backups import new_backup
from frappe.utils.restore import BackupError, restore_site

SITE = "maria.localhost"
pytestmark = pytest.mark.mariadb


@pytest.fixture
def options(mariadb_server):
	return {
		"db_type": "mariadb",
		"db_host": mariadb_server.host,
		"db_port": mariadb_server.port,
		"db_root_username": mariadb_server.root_login,
		"db_root_password": mariadb_server.root_password,
		"admin_password": "admin",
	}


@pytest.fixture
def sites(tmp_path, monkeypatch):
	for folder in ("apps", "sites"):
		(tmp_path / folder).mkdir()
	(tmp_path / "sites/apps.txt").write_text("frappe\n", encoding="utf-8")
	monkeypatch.chdir(tmp_path / "sites")
	frappe.init("", force=True)
	yield tmp_path / "sites"
	frappe.destroy()


def mark(value=None):
	with connected(SITE):
		if value:
			frappe.db.set_default("mark", value)
		return frappe.db.get_default("mark")


def test_a_site_on_mariadb_is_migrated_and_restored(sites, options):
	new_site(SITE, **options)
	SiteMigration().run(SITE)
	mark("before")
	with connected(SITE):
		made = new_backup(ignore_files=True)
	mark("after")
	cut = str(sites / "cut.sql.gz")
	with gzip.open(made["db"]) as reading, gzip.open(cut, "wb") as writing:
		writing.write(reading.read(100_000))
	with pytest.raises(BackupError):
		restore_site(SITE, cut)
	assert mark() == "after"
	restore_site(SITE, made["db"])
	assert mark() == "before"


def test_a_failed_creation_leaves_no_database(sites, options, monkeypatch):
	import frappe.installer

	def fail(*_arguments, **_options):
		raise RuntimeError("no")

	monkeypatch.setattr(frappe.installer, "install_app", fail)
	with pytest.raises(RuntimeError):
		new_site("failed.localhost", **options)
	assert not os.path.exists("failed.localhost")
	monkeypatch.undo()
	frappe.destroy()
	monkeypatch.chdir(sites)
	frappe.init("", sites_path=str(sites), force=True)
	new_site("failed.localhost", **options)
