"""Every word that staff can see has Chinese: labels, options, descriptions, pages, roles, messages."""

import ast
import csv
import json
import re
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe

APP = "crisis_intervention"
LATIN, CHINESE = re.compile("[A-Za-z]"), re.compile("[\u4e00-\u9fff]")
MESSAGE_IN_JS = re.compile(r'__\(\s*"((?:[^"\\]|\\.)*)"')
MESSAGE_IN_JINJA = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
PROPER_NAMES = frozenset(("zh", "en"))


def root() -> Path:
	return Path(frappe.get_app_path(APP))


def records(pattern: str) -> Iterator[dict[str, Any]]:
	for path in sorted(root().glob(pattern)):
		loaded = json.loads(path.read_text(encoding="utf-8"))
		yield from loaded if isinstance(loaded, list) else [loaded]


def words_of_doctypes() -> Iterator[str]:
	for doctype in records("*/doctype/*/*.json"):
		yield doctype["name"]
		for field in doctype["fields"]:
			yield field.get("label") or ""
			yield field.get("description") or ""
			if field["fieldtype"] == "Select":
				yield from (field.get("options") or "").split("\n")


def words_of_pages() -> Iterator[str]:
	for page in records("*/workspace/*/*.json"):
		yield page["title"]
		for table in ("shortcuts", "links", "number_cards"):
			yield from (row["label"] for row in page.get(table, []))
		for block in json.loads(page["content"]):
			yield re.sub("<[^>]+>", "", block["data"].get("text", ""))
	yield from (card["label"] for card in records("*/number_card/*/*.json"))
	yield from (chart["chart_name"] for chart in records("*/dashboard_chart/*/*.json"))


def words_of_reports() -> Iterator[str]:
	for report in records("*/report/*/*.json"):
		yield report["report_name"]
		yield from (row["label"] for table in ("columns", "filters") for row in report.get(table) or [])
	yield from (print_format["name"] for print_format in records("*/print_format/*/*.json"))


def words_of_web_forms() -> Iterator[str]:
	for form in records("*/web_form/*/*.json"):
		for key in ("title", "introduction_text", "button_label", "success_title", "success_message"):
			yield re.sub("<[^>]+>", "", form.get(key) or "")
		for field in form["web_form_fields"]:
			yield field.get("label") or ""
			yield field.get("description") or ""


def words_of_records() -> Iterator[str]:
	for pattern in ("fixtures/role.json", "fixtures/seed/*workflow_*.json"):
		yield from (row["name"] for row in records(pattern))
	yield from (root() / "modules.txt").read_text(encoding="utf-8").split("\n")


def words_of_code() -> Iterator[str]:
	for path in sorted(root().rglob("*.py")):
		if "test" not in path.name:
			yield from messages_in(ast.parse(path.read_text(encoding="utf-8")))
	for path in sorted(root().rglob("*.js")):
		if "dist" not in path.parts:
			yield from MESSAGE_IN_JS.findall(path.read_text(encoding="utf-8"))
	for path in sorted(root().rglob("*.html")):
		yield from MESSAGE_IN_JINJA.findall(path.read_text(encoding="utf-8"))


def messages_in(tree: ast.AST) -> Iterator[str]:
	for node in ast.walk(tree):
		if (
			isinstance(node, ast.Call)
			and isinstance(node.func, ast.Name)
			and node.func.id == "_"
			and node.args
		):
			text = node.args[0]
			if isinstance(text, ast.Constant) and isinstance(text.value, str):
				yield text.value


class TestTranslations(unittest.TestCase):
	@classmethod
	def setUpClass(cls):
		path = root() / "translations" / "zh.csv"
		with path.open(encoding="utf-8", newline="") as file:
			cls.rows = [row for row in csv.reader(file) if row]
		cls.known = {row[0]: row[1] for row in cls.rows}

	def assert_complete(self, words, found=True):
		needed = {word.strip() for word in words}
		needed = {word for word in needed if LATIN.search(word) and not CHINESE.search(word)}
		self.assertTrue(needed or not found)
		self.assertEqual(sorted(needed - set(self.known) - PROPER_NAMES), [])

	def test_doctypes(self):
		self.assert_complete(words_of_doctypes())

	def test_pages(self):
		self.assert_complete(words_of_pages())

	def test_reports_and_prints(self):
		self.assert_complete(words_of_reports())

	def test_web_forms(self):
		self.assert_complete(words_of_web_forms(), found=False)

	def test_roles_states_and_actions(self):
		self.assert_complete(words_of_records())

	def test_messages(self):
		self.assert_complete(words_of_code())

	def test_labels_of_seeded_records_are_read_in_english(self):
		with (root() / "translations" / "en.csv").open(encoding="utf-8", newline="") as file:
			english = {row[0]: row[1] for row in csv.reader(file) if row}
		seeded = {
			row["label"]: row["label_en"] for row in records("fixtures/seed/*.json") if row.get("label_en")
		}
		self.assertGreater(len(seeded), 40)
		self.assertEqual(english, seeded)

	def test_translations_keep_their_places_to_fill(self):
		for row in self.rows:
			with self.subTest(word=row[0]):
				self.assertTrue(row[1].strip())
				self.assertEqual(set(re.findall(r"\{\d\}", row[0])), set(re.findall(r"\{\d\}", row[1])))

	def test_no_word_is_translated_twice_differently(self):
		found = {}
		for row in self.rows:
			key = (row[0], row[2] if len(row) > 2 else "")
			with self.subTest(word=key):
				self.assertEqual(found.setdefault(key, row[1]), row[1])
