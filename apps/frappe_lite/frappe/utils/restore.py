"""Restore of a backup. Everything is unpacked and verified beside the site first; only then is the site
touched.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from typing import Any

import frappe
from frappe.utils.backup_crypt import DamagedFile, decrypt_file, is_encrypted
from frappe.utils.backups import COPY_BYTES, MANIFEST, checksum

LOCK_SECONDS = 60
END_OF_DUMP = (b"SET SQL_NOTES=@OLD_SQL_NOTES", b"Dump completed")
NEEDED_TABLES = ("tabDocType", "tabDocField", "tabUser", "tabSingles")


class BackupError(Exception):
	"""The backup cannot be restored; the site is as it was."""


def restore_site(
	site: str,
	database: str,
	public_files: str | None = None,
	private_files: str | None = None,
	encryption_key: str | None = None,
	admin_password: str | None = None,
	root: tuple[str | None, str | None] = (None, None),
	force: bool = False,
) -> None:
	"""Put a site back to a backup.

	Args:
		site: name of an existing site.
		database: path of the database's part.
		public_files, private_files: paths of the archives of files.
		encryption_key: key of an encrypted backup; the site's own unless given.
		admin_password: new password of Administrator.
		root: user and password who may create databases (MariaDB).
		force: accept a backup of a newer version.

	Raises:
		BackupError: a part is damaged, incomplete, of another database or newer; the site is as it was.
	"""
	sites_path = getattr(frappe.local, "sites_path", None) or "."
	# A connection left open elsewhere in this process would hold locks on the tables to be replaced.
	frappe.destroy()
	frappe.init(site, sites_path=sites_path, force=True)
	with tempfile.TemporaryDirectory(dir=frappe.local.site_path, prefix=".restore-") as scratch:
		try:
			_restore_in(scratch, database, public_files, private_files, encryption_key, force)
		finally:
			frappe.destroy()
	_finish(site, sites_path, admin_password)


def _restore_in(
	scratch: str, database: str, public: str | None, private: str | None, key: str | None, force: bool
) -> None:
	parts = [path for path in (database, public, private) if path]
	_verify_checksums(database, parts)
	plain = [_decrypted(path, scratch, key) for path in parts]
	new_database = _unpack_database(plain[0], scratch)
	folders = [_unpack_files(path, scratch) for path in plain[1:]]
	_check_content(new_database, force)
	_replace_database(new_database)
	for folder in folders:
		_replace_files(folder)
	_take_over_key(database, scratch, key)


def _verify_checksums(database: str, parts: list[str]) -> None:
	path = _sibling(database, MANIFEST)
	if not path:
		return
	listed = {part["file"]: part["sha256"] for part in _read_manifest(path)["parts"].values()}
	for part in parts:
		expected = listed.get(os.path.basename(part))
		if expected and checksum(part) != expected:
			raise BackupError(
				f"{os.path.basename(part)} is damaged: its checksum is not that of the manifest"
			)


def _read_manifest(path: str) -> dict[str, Any]:
	try:
		manifest = frappe.get_file_json(path)
		if isinstance(manifest.get("parts"), dict):
			return manifest
	except ValueError:
		pass
	raise BackupError(f"{os.path.basename(path)} is damaged")


def _sibling(database: str, name: str) -> str | None:
	"""Return another part of the same backup, found by the common beginning of the names."""
	prefix = os.path.basename(database).split("-database")[0]
	path = os.path.join(os.path.dirname(database), f"{prefix}-{name}")
	return path if os.path.exists(path) and path != database else None


def _decrypted(path: str, scratch: str, key: str | None) -> str:
	if not is_encrypted(path):
		return path
	key = key or frappe.conf.backup_encryption_key
	if not key:
		raise BackupError(f"{os.path.basename(path)} is encrypted: give --backup-encryption-key")
	target = os.path.join(scratch, "plain-" + os.path.basename(path))
	try:
		decrypt_file(path, target, key)
	except DamagedFile as error:
		raise BackupError(str(error)) from None
	return target


def _unpack_database(path: str, scratch: str) -> str:
	target = os.path.join(scratch, "database")
	try:
		with _opened(path) as reading, open(target, "wb") as writing:
			shutil.copyfileobj(reading, writing, COPY_BYTES)
	except (OSError, EOFError, zlib.error):
		raise BackupError(f"{os.path.basename(path)} is damaged: it cannot be unpacked") from None
	return target


def _opened(path: str) -> Any:
	with open(path, "rb") as file:
		is_compressed = file.read(2) == b"\x1f\x8b"
	return gzip.open(path, "rb") if is_compressed else open(path, "rb")


def _unpack_files(path: str, scratch: str) -> str:
	folder = tempfile.mkdtemp(dir=scratch)
	try:
		with tarfile.open(path) as archive:
			_extract(archive, folder)
	except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
		raise BackupError(f"{os.path.basename(path)} is damaged: {error}") from None
	return folder


def _extract(archive: tarfile.TarFile, folder: str) -> None:
	"""Extract files and folders only, and nothing that would land outside."""
	root = os.path.realpath(folder)
	for member in archive:
		target = os.path.realpath(os.path.join(folder, member.name))
		if os.path.commonpath((root, target)) != root or not (member.isfile() or member.isdir()):
			raise BackupError(f"{member.name} has no place in an archive of files")
		if member.isdir():
			os.makedirs(target, exist_ok=True)
			continue
		os.makedirs(os.path.dirname(target), exist_ok=True)
		with archive.extractfile(member) as reading, open(target, "wb") as writing:
			shutil.copyfileobj(reading, writing, COPY_BYTES)


def _check_content(path: str, force: bool) -> None:
	if frappe.conf.db_type == "mariadb":
		_check_sql(path)
	else:
		_check_sqlite(path, force)


def _check_sqlite(path: str, force: bool) -> None:
	try:
		with contextlib.closing(sqlite3.connect(path)) as connection:
			if connection.execute("pragma integrity_check").fetchone()[0] != "ok":
				raise BackupError("The database in the backup is damaged")
			tables = {
				row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")
			}
			versions = _versions(connection) if "tabInstalled Application" in tables else {}
	except sqlite3.DatabaseError as error:
		raise BackupError(f"The backup holds no SQLite database: {error}") from None
	missing = [table for table in NEEDED_TABLES if table not in tables]
	if missing:
		raise BackupError(f"The backup is incomplete: {', '.join(missing)} is missing")
	_check_versions(versions, force)


def _versions(connection: sqlite3.Connection) -> dict[str, str]:
	return dict(connection.execute("select app_name, app_version from `tabInstalled Application`"))


def _check_versions(versions: dict[str, str], force: bool) -> None:
	from frappe.core.doctype.installed_applications.installed_applications import get_app_version

	on_bench = frappe.get_all_apps()
	for app, version in versions.items():
		if app not in on_bench:
			raise BackupError(f"The backup needs the app {app}, which is not on this bench")
		if not force and _as_numbers(version) > _as_numbers(get_app_version(app)):
			here = get_app_version(app)
			raise BackupError(f"The backup was made with {app} {version}, here is {here}; --force accepts it")


def _as_numbers(version: str) -> tuple[int, ...]:
	numbers = (part for part in str(version).split("-")[0].split("."))
	return tuple(int(part) if part.isdigit() else 0 for part in numbers)


def _check_sql(path: str) -> None:
	"""The last statement of a complete dump puts the session's settings back."""
	with open(path, "rb") as file:
		file.seek(max(0, os.path.getsize(path) - 400))
		end = file.read()
		if not any(mark in end for mark in END_OF_DUMP):
			raise BackupError("The backup is incomplete: its end is missing")
		file.seek(0)
		if b"CREATE TABLE" not in file.read(1 << 24):
			raise BackupError("The backup holds no dump of a database")


def _replace_database(path: str) -> None:
	if frappe.conf.db_type == "mariadb":
		_replace_mariadb(path)
	else:
		_copy_sqlite(path)


def _copy_sqlite(path: str) -> None:
	"""Copy the pages into the live database in one transaction: processes that have it open go on with the
	new one.
	"""
	from frappe.database.sqlite.database import database_path

	live = database_path()
	os.makedirs(os.path.dirname(live), exist_ok=True)
	with contextlib.closing(sqlite3.connect(live, timeout=30)) as target:
		versions = _site_versions(target)
		with contextlib.closing(sqlite3.connect(path)) as source:
			_raise_versions(source, versions)
			source.backup(target)
		target.execute("pragma journal_mode=wal")


def _site_versions(connection: sqlite3.Connection) -> dict[str, int]:
	try:
		return dict(connection.execute("select name, version from __global_version"))
	except sqlite3.OperationalError:
		return {}


def _raise_versions(connection: sqlite3.Connection, live: dict[str, int]) -> None:
	"""Caches of running processes belong to version numbers of the old data; the restored data gets newer
	ones.
	"""
	for name, version in live.items():
		connection.execute("delete from __global_version where name = ?", (name,))
		connection.execute(
			"insert into __global_version (name, version) values (?, ?)", (name, int(version) + 1000)
		)
	connection.commit()


def _replace_mariadb(path: str) -> None:
	if getattr(frappe.local, "db", None):
		# An open transaction keeps every table it has read from being dropped.
		frappe.db.close()
	frappe.connect()
	query = "select `name`, `version` from `__global_version`"
	versions = dict(frappe.db.sql(query)) if frappe.db.get_tables() else {}
	frappe.db.close()
	_load_sql(path)
	for name, version in versions.items():
		frappe.db.sql(
			"replace into `__global_version` (`name`, `version`) values (%s, %s)", (name, version + 1000)
		)
	frappe.db.commit()


def _load_sql(path: str) -> None:
	from frappe.database import get_command

	conf = frappe.conf
	program, arguments, name = get_command(
		host=conf.db_host, port=conf.db_port, user=conf.db_user or conf.db_name, db_name=conf.db_name
	)
	if not program:
		raise BackupError(f"{name} is not on this machine")
	environment = {**os.environ, "MYSQL_PWD": conf.db_password or ""}
	with open(path, "rb") as file:
		# Rather an error than waiting for ever while another process holds a table.
		wait = f"--init-command=set session lock_wait_timeout={LOCK_SECONDS}"
		done = subprocess.run(
			[program, wait, *arguments], stdin=file, env=environment, capture_output=True, check=False
		)
	if done.returncode:
		raise BackupError(f"{name}: {done.stderr.decode(errors='replace').strip()}")


def _replace_files(folder: str) -> None:
	for visibility in ("public", "private"):
		source = os.path.join(folder, visibility, "files")
		if not os.path.isdir(source):
			continue
		target = frappe.get_site_path(visibility, "files")
		old = f"{target}.old"
		shutil.rmtree(old, ignore_errors=True)
		if os.path.isdir(target):
			os.rename(target, old)
		os.rename(source, target)
		shutil.rmtree(old, ignore_errors=True)


def _take_over_key(database: str, scratch: str, key: str | None) -> None:
	"""Stored passwords can be read only with the key they were encrypted with."""
	path = _sibling(database, "site_config_backup.json") or _sibling(database, "site_config_backup-enc.json")
	if not path:
		return
	try:
		values = frappe.get_file_json(_decrypted(path, scratch, key))
	except (BackupError, json.JSONDecodeError):
		return
	if values.get("encryption_key"):
		from frappe.installer import update_site_config

		update_site_config("encryption_key", values["encryption_key"], validate=False)


def _finish(site: str, sites_path: str, admin_password: str | None) -> None:
	from frappe.commands import connected
	from frappe.kernel.cache import forget_site

	forget_site(site)
	with connected(site, sites_path=sites_path):
		frappe.clear_cache()
		if admin_password:
			from frappe.utils.install import set_admin_password

			set_admin_password(admin_password)
