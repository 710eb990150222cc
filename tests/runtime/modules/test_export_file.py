import json

import frappe
from frappe.modules import export_file


def test_a_record_is_written_without_identities(db, tmp_path, monkeypatch):
	monkeypatch.setattr(export_file, "get_module_path", lambda module: str(tmp_path))
	values = {"doctype": "Workflow State", "workflow_state_name": "Tm Exported"}
	doc = frappe.get_doc(values).insert()
	folder = export_file.write_document_file(doc, "Core")
	written = json.loads((tmp_path / "workflow_state/tm_exported/tm_exported.json").read_text())
	assert folder.endswith("tm_exported")
	assert written["name"] == "Tm Exported"
	assert "_comments" not in written
	assert (tmp_path / "workflow_state/__init__.py").exists()
