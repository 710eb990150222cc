"""Every DocType and report folder is complete, so that whoever opens it finds what he expects."""

import json
import unittest
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import frappe

APP = "crisis_intervention"
README_LINES = 4


def folders(kind: str) -> Iterator[Path]:
	root = Path(frappe.get_app_path(APP))
	yield from sorted(path for path in root.glob(f"*/{kind}/*") if (path / f"{path.name}.json").exists())


def definition(folder: Path) -> dict[str, Any]:
	return json.loads((folder / f"{folder.name}.json").read_text(encoding="utf-8"))


def expected(folder: Path) -> Iterator[str]:
	name, doctype = folder.name, definition(folder)
	yield from ("__init__.py", f"{name}.py", "README.md")
	if doctype.get("istable"):
		return
	yield f"test_{name}.py"
	if not doctype.get("issingle"):
		yield f"{name}_list.js"
	if doctype["name"] in linked_to():
		yield f"{name}_dashboard.py"


@cache
def linked_to() -> frozenset[str]:
	"""Return the DocTypes that records beside them name: these show in a dashboard what names them."""
	found = set()
	for folder in folders("doctype"):
		doctype = definition(folder)
		if not doctype.get("istable") and not doctype.get("issingle"):
			links = (field for field in doctype["fields"] if field["fieldtype"] == "Link")
			found |= {link["options"] for link in links if link["fieldname"] != "amended_from"}
	return frozenset(found)


class TestDoctypeFolders(unittest.TestCase):
	def test_each_has_all_that_belongs_to_it(self):
		for folder in folders("doctype"):
			for file in expected(folder):
				with self.subTest(folder=folder.name, file=file):
					self.assertTrue((folder / file).exists())

	def test_a_readme_says_in_a_few_lines_what_the_doctype_is(self):
		for folder in folders("doctype"):
			lines = [line for line in (folder / "README.md").read_text(encoding="utf-8").splitlines() if line]
			with self.subTest(folder=folder.name):
				self.assertTrue(1 < len(lines) <= README_LINES)

	def test_a_folder_bears_the_name_of_its_doctype(self):
		for folder in folders("doctype"):
			doctype = definition(folder)
			with self.subTest(folder=folder.name):
				self.assertEqual(frappe.scrub(doctype["name"]), folder.name)
				self.assertEqual(frappe.scrub(doctype["module"]), folder.parent.parent.name)

	def test_a_report_has_its_filters_or_says_that_it_has_none(self):
		for folder in folders("report"):
			for file in (f"{folder.name}.py", f"{folder.name}.js"):
				with self.subTest(folder=folder.name, file=file):
					self.assertTrue((folder / file).exists())
