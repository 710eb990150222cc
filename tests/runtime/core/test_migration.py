"""Patches, fixtures and standard records."""

import json

import frappe
import pytest
from frappe.modules import patch_handler
from frappe.modules.patch_handler import PatchType
from frappe.utils import fixtures

PATCHES = """first.patch
# a comment
[pre_model_sync]
a.b.early  # why
execute:frappe.flags.ran = 1
[post_model_sync]

a.b.late
a.b.late #2026-11-23
"""


def test_sections_of_patches_txt():
	sections = patch_handler._sections(PATCHES)
	assert sections[PatchType.pre_model_sync.value] == [
		"first.patch",
		"a.b.early",
		"execute:frappe.flags.ran = 1",
	]
	assert sections[PatchType.post_model_sync.value] == ["a.b.late", "a.b.late #2026-11-23"]


@pytest.fixture
def kept(db, monkeypatch):
	"""Patches commit; here the commits are left out so that the test can be undone."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None, raising=False)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_options: None, raising=False)
	return db


def test_a_patch_runs_once(kept):
	line = "execute:frappe.flags.runs = (frappe.flags.runs or 0) + 1"
	for _ in range(2):
		assert patch_handler.run_single(line)
	assert frappe.flags.runs == 1
	patch_handler.run_single(line, force=True)
	assert frappe.flags.runs == 2


def test_a_failing_patch_is_not_noted(kept):
	with pytest.raises(ZeroDivisionError):
		patch_handler.run_single("execute:1 / 0")
	assert not patch_handler.executed("execute:1 / 0")


def test_a_skipped_patch_is_noted_with_its_traceback(kept, monkeypatch):
	monkeypatch.setattr(patch_handler, "get_all_patches", lambda _type: ["execute:1 / 0"])
	patch_handler.run_all(skip_failing=True)
	log = frappe.get_doc("Patch Log", {"patch": "execute:1 / 0"})
	assert log.skipped == 1 and "ZeroDivisionError" in log.traceback


def write(tmp_path, records):
	path = tmp_path / "records.json"
	path.write_text(json.dumps(records), encoding="utf-8")
	return str(path)


def test_a_fixture_replaces_what_is_stored(db, tmp_path):
	record = {"doctype": "Role", "name": "Tx Role", "role_name": "Tx Role", "desk_access": 1}
	path = write(tmp_path, [record])
	fixtures.import_file(path)
	db.set_value("Role", "Tx Role", "desk_access", 0)
	fixtures.import_file(path)
	assert db.get_value("Role", "Tx Role", "desk_access") == 1


def test_a_fixture_that_says_nothing_new_is_not_written(db, tmp_path):
	path = write(tmp_path, [{"doctype": "Role", "name": "Tx Role", "role_name": "Tx Role", "desk_access": 1}])
	fixtures.import_file(path)
	before = db.get_value("Role", "Tx Role", "modified")
	fixtures.import_file(path)
	assert db.get_value("Role", "Tx Role", "modified") == before


def test_exported_fixtures_come_back_the_same(db, tmp_path, monkeypatch):
	todo = frappe.get_doc({"doctype": "Role", "role_name": "Tx Role"}).insert()
	monkeypatch.setattr(frappe, "get_app_path", lambda *_parts: str(tmp_path))
	fixtures._export_one("app", {"dt": "Role", "filters": [["name", "=", todo.name]]}, None)
	path = tmp_path / "role.json"
	records = json.loads(path.read_text())
	assert [record["name"] for record in records] == ["Tx Role"]
	assert not {"owner", "creation", "idx"} & set(records[0])
	fixtures.import_file(str(path))
	assert db.exists("Role", "Tx Role")


def test_an_admins_change_of_a_standard_record_survives_a_migrate(db, tmp_path):
	from frappe.modules.import_file import import_file_by_path

	values = {"doctype": "Workspace", "name": "Tx", "label": "Tx", "title": "Tx", "type": "Workspace"}
	values |= {"content": "[]", "public": 1, "modified": "2026-01-01 00:00:00.000000"}
	path = write(tmp_path, values)
	assert import_file_by_path(path)
	doc = frappe.get_doc("Workspace", "Tx")
	doc.title = "Changed"
	doc.save()
	assert not import_file_by_path(path)
	assert db.get_value("Workspace", "Tx", "title") == "Changed"
	newer = write(tmp_path, {**values, "modified": "2099-01-01 00:00:00.000000"})
	assert import_file_by_path(newer)
	assert db.get_value("Workspace", "Tx", "title") == "Tx"
