"""Backup and restore: what comes back, and what is refused."""

import gzip
import json
import os
import sqlite3
from pathlib import Path

import frappe
import pytest
from frappe.commands import connected
from frappe.utils.backup_crypt import DamagedFile, decrypt_file, encrypt_file
from frappe.utils.backups import new_backup
from frappe.utils.restore import BackupError, restore_site

SITE = "a.localhost"


@pytest.fixture
def sites(tmp_path, monkeypatch):
	from frappe.installer import new_site

	for folder in ("apps", "sites"):
		(tmp_path / folder).mkdir()
	(tmp_path / "sites/apps.txt").write_text("frappe\n", encoding="utf-8")
	monkeypatch.chdir(tmp_path / "sites")
	frappe.init("", force=True)
	new_site(SITE, admin_password="admin")
	frappe.destroy()
	(tmp_path / "sites" / SITE / "private/files/a.txt").write_text("secret", encoding="utf-8")
	(tmp_path / "sites" / SITE / "public/files/b.txt").write_text("open", encoding="utf-8")
	yield tmp_path / "sites"
	frappe.destroy()


def back_up(**options):
	with connected(SITE):
		frappe.db.set_default("mark", "before")
		frappe.db.commit()
		return new_backup(**options)


def change():
	with connected(SITE):
		frappe.db.set_default("mark", "after")


def mark():
	with connected(SITE, commit=False):
		return frappe.db.get_default("mark")


def test_a_restore_brings_data_and_files_back(sites):
	made = back_up()
	change()
	(sites / SITE / "private/files/a.txt").write_text("changed", encoding="utf-8")
	restore_site(SITE, made["db"], made["files"], made["private_files"])
	assert mark() == "before"
	assert (sites / SITE / "private/files/a.txt").read_text() == "secret"
	assert (sites / SITE / "public/files/b.txt").read_text() == "open"


def test_parts_are_private_and_have_checksums(sites):
	made = back_up(ignore_files=True)
	assert "files" not in made
	for path in made.values():
		assert os.stat(path).st_mode & 0o077 == 0
	manifest = json.loads(Path(made["manifest"]).read_text())
	assert manifest["apps"] == {"frappe": frappe.__version__}
	assert set(manifest["parts"]) == {"db", "conf"}


def _flip(path, offset=200):
	data = bytearray(Path(path).read_bytes())
	data[offset] ^= 0xFF
	Path(path).write_bytes(data)


def _cut(path):
	data = Path(path).read_bytes()
	Path(path).write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("damage", [_flip, _cut])
@pytest.mark.parametrize("with_manifest", [True, False])
def test_a_damaged_database_is_refused_and_the_site_stays(sites, damage, with_manifest):
	made = back_up()
	change()
	damage(made["db"])
	if not with_manifest:
		os.remove(made["manifest"])
	with pytest.raises(BackupError):
		restore_site(SITE, made["db"], made["files"], made["private_files"])
	assert mark() == "after"


def test_a_damaged_archive_of_files_is_refused_before_the_database_is_touched(sites):
	made = back_up()
	change()
	_cut(made["private_files"])
	with pytest.raises(BackupError):
		restore_site(SITE, made["db"], made["files"], made["private_files"])
	assert mark() == "after"
	assert (sites / SITE / "private/files/a.txt").read_text() == "secret"


def test_what_is_no_database_of_a_site_is_refused(sites, tmp_path):
	other = tmp_path / "other.db"
	connection = sqlite3.connect(other)
	connection.execute("create table t (a)")
	connection.commit()
	connection.close()
	with pytest.raises(BackupError, match="tabDocType"):
		restore_site(SITE, str(other))
	text = tmp_path / "text.gz"
	with gzip.open(text, "wb") as file:
		file.write(b"drop table tabUser;")
	with pytest.raises(BackupError):
		restore_site(SITE, str(text))


def test_a_newer_backup_needs_force(sites):
	with connected(SITE):
		frappe.db.sql("update `tabInstalled Application` set app_version = '99.0.0'")
		frappe.db.commit()
		made = new_backup(ignore_files=True)
	with pytest.raises(BackupError, match=r"99\.0\.0"):
		restore_site(SITE, made["db"])
	restore_site(SITE, made["db"], force=True)


def test_an_encrypted_backup_needs_its_key(sites):
	made = back_up(encrypt=True)
	change()
	assert "-enc" in made["db"]
	assert b"SQLite" not in Path(made["db"]).read_bytes()
	with pytest.raises(BackupError, match="key"):
		restore_site(SITE, made["db"], encryption_key="wrong")
	assert mark() == "after"
	restore_site(SITE, made["db"], made["files"], made["private_files"])
	assert mark() == "before"


def test_an_archive_cannot_write_outside_the_site(sites, tmp_path):
	import io
	import tarfile

	made = back_up()
	os.remove(made["manifest"])
	with tarfile.open(made["files"], "w") as archive:
		member = tarfile.TarInfo("../../escaped.txt")
		member.size = 1
		archive.addfile(member, io.BytesIO(b"x"))
	with pytest.raises(BackupError):
		restore_site(SITE, made["db"], made["files"])
	assert not list(tmp_path.rglob("escaped.txt"))


def test_old_sets_go_when_there_are_more_than_the_limit(sites):
	for _ in range(4):
		back_up(ignore_files=True)
	folder = sites / SITE / "private/backups"
	assert len(list(folder.glob("*-manifest.json"))) == 3
	assert len(list(folder.iterdir())) == 9


def test_an_open_connection_sees_the_restored_data(sites):
	"""A web server that goes on running must not answer from caches of the old data."""
	from frappe.database.sqlite.database import database_path

	made = back_up(ignore_files=True)
	change()
	frappe.init(SITE, force=True)
	other = sqlite3.connect(database_path())
	query = "select defvalue from tabDefaultValue where defkey = 'mark'"
	versions = "select max(version) from __global_version"
	assert other.execute(query).fetchone() == ("after",)
	before = other.execute(versions).fetchone()[0]
	frappe.destroy()
	restore_site(SITE, made["db"])
	assert other.execute(query).fetchone() == ("before",)
	assert other.execute(versions).fetchone()[0] > before
	other.close()


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_encryption_returns_what_went_in(tmp_path, size):
	plain, sealed, back = (str(tmp_path / name) for name in ("plain", "sealed", "back"))
	Path(plain).write_bytes(b"x" * size)
	encrypt_file(plain, sealed, "key")
	decrypt_file(sealed, back, "key")
	assert Path(back).read_bytes() == b"x" * size


@pytest.mark.parametrize("damage", [_flip, _cut])
def test_a_changed_or_cut_file_does_not_decrypt(tmp_path, damage):
	plain, sealed = str(tmp_path / "plain"), str(tmp_path / "sealed")
	Path(plain).write_bytes(b"x" * (3 << 20))
	encrypt_file(plain, sealed, "key")
	damage(sealed)
	with pytest.raises(DamagedFile):
		decrypt_file(sealed, str(tmp_path / "back"), "key")
