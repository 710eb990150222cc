"""Imports of the runtime point down, it knows nothing of the app, and the app uses public names only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "apps/frappe_lite/frappe"
APP = ROOT / "apps/crisis_intervention/crisis_intervention"
PUBLIC = ROOT / "tests/facts/public_api.txt"

# Floor → the modules on it; docs/architecture.md says what lives where. 6 is the command line.
FLOORS = {
	0: "kernel exceptions hooks types utils query_builder translate",
	1: "database defaults",
	2: "model permissions modules share",
	3: "workflow automation email jobs realtime",
	4: "core custom desk printing client rate_limiter",
	5: "app auth api website www handler sessions boot",
	6: "commands installer migrate test_runner tests",
}
# Frappe's names for what lives on a higher floor; they count as part of it.
DOORS = {
	"utils.nestedset": 2,
	"utils.dashboard": 2,
	"model.workflow": 3,
	"utils.background_jobs": 3,
	"utils.scheduler": 3,
	"utils.doctor": 3,
	"utils.print_format": 4,
	"utils.install": 6,
}
# Helpers that ask a higher floor from inside a function, up to this one.
REACH = {
	"utils.safe_exec": 1,
	"utils.formatters": 2,
	"utils.html_utils": 2,
	"utils.fixtures": 2,
	"utils.user": 2,
	"utils.password": 5,
	"utils.response": 5,
	"utils.backups": 6,
	"utils.bench_helper": 6,
	"utils.encryption": 6,
	"utils.restore": 6,
	"utils.uninstall": 6,
}
# Calls up the stairs from inside a function: a lower floor lets a higher one answer, for a reason.
SEAMS = {
	("kernel.apps", "modules.utils"): "frappe.get_module_path and its like are asked of the façade",
	("kernel.logger", "automation.error_log"): "frappe.log_error writes a document",
	("kernel.site", "database"): "frappe.connect opens the database",
	("kernel.user", "permissions"): "frappe.set_user drops what was known of the user's rights",
	("kernel.whitelist", "desk.search"): "a decorator of Frappe's that link searches use",
	("kernel.whitelist", "modules.utils"): "a document's method is looked up by its DocType",
	("query_builder.builder", "database.query"): "frappe.qb.get_query",
	("defaults", "permissions"): "frappe.defaults.get_user_permissions is Frappe's name for it",
	("database.operators", "utils.nestedset"): "the tree operators of filters",
	("database.reading", "utils.nestedset"): "the tree operators of filters",
	("model.document_checks", "model.workflow"): "a save checks the workflow's state",
	("model.document_extras", "desk.doctype.tag.tag"): "doc.add_tag",
	("model.shortcuts", "client"): "frappe.get_value and its like are those of the client",
	("modules.customizations", "custom.doctype.custom_field.custom_field"): "custom fields are validated",
	("permissions.manage", "core.doctype.doctype.doctype"): "changed rights are validated as the DocType's",
	("permissions.query", "core.doctype.server_script.server_script_utils"): "Permission Query scripts",
	("share", "desk.doctype.notification_log.notification_log"): "a share is told to whom it is made",
	("jobs.process", "app"): "the one process also serves the web",
	("client", "website.static"): "frappe.client.get_js reads assets",
	("core.api.upload", "handler"): "an upload may name the method that takes it",
	("core.doctype.doctype.doctype", "utils.install"): "a new DocType's roles are made",
	("core.doctype.installed_applications.installed_applications", "utils.install"): "the stamps of its rows",
}


@dataclass(frozen=True)
class Import:
	"""One import between modules of the runtime; `late` when it stands inside a function."""

	source: str
	target: str
	late: bool


def floor_of(module: str) -> int | None:
	"""Return the floor of a module, named without the leading `frappe.`; None for the façade."""
	names = module.split(".")
	for length in range(len(names), 0, -1):
		door = DOORS.get(".".join(names[:length]))
		if door is not None:
			return door
	return next((floor for floor, names_of in FLOORS.items() if names[0] in names_of.split()), None)


def name_of(path: Path) -> str:
	parts = path.relative_to(RUNTIME).with_suffix("").parts
	return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[Import]:
	source = name_of(path)
	for node, late in _nodes(ast.parse(path.read_text(encoding="utf-8"))):
		for target in _targets(node):
			if target.startswith("frappe."):
				yield Import(source, target.removeprefix("frappe."), late)


def _nodes(tree: ast.AST, late: bool = False) -> Iterator[tuple[ast.AST, bool]]:
	for node in ast.iter_child_nodes(tree):
		if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
			continue
		yield node, late
		yield from _nodes(node, late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _targets(node: ast.AST) -> list[str]:
	if isinstance(node, ast.Import):
		return [alias.name for alias in node.names]
	if not isinstance(node, ast.ImportFrom) or not node.module:
		return []
	if node.module == "frappe":
		return [f"frappe.{alias.name}" for alias in node.names]
	return [node.module]


@cache
def upward() -> list[Import]:
	"""Return the imports that point to a higher floor."""
	every = (each for path in sorted(RUNTIME.rglob("*.py")) for each in imports_of(path))
	return [each for each in every if _is_upward(each)]


def _is_upward(each: Import) -> bool:
	source, target = floor_of(each.source), floor_of(each.target)
	if each.late:
		source = REACH.get(each.source, source)
	return source is not None and target is not None and target > source


def test_every_module_has_a_floor():
	found = {name_of(path).split(".")[0] for path in RUNTIME.rglob("*.py")} - {""}
	assert found <= {name for names in FLOORS.values() for name in names.split()}


def test_imports_point_down():
	assert not [each for each in upward() if not each.late]


def test_calls_up_the_stairs_are_named():
	seen = {(each.source, each.target) for each in upward() if each.late}
	assert seen == set(SEAMS)


def test_the_runtime_knows_nothing_of_the_app():
	texts = (path for suffix in ("py", "js", "json", "html") for path in RUNTIME.rglob(f"*.{suffix}"))
	sources = [path for path in texts if "public/dist" not in path.as_posix()]
	assert len(sources) > 400
	assert not [path for path in sources if "crisis_intervention" in path.read_text(encoding="utf-8")]


# ------------------------------------------------------------------ the app
def public_names() -> set[str]:
	lines = PUBLIC.read_text(encoding="utf-8").splitlines()
	return {line for line in lines if line and not line.startswith("#")}


def used_names() -> dict[str, str]:
	"""Return what of `frappe` the app uses → one file that does."""
	found: dict[str, str] = {}
	for path in sorted(APP.rglob("*.py")):
		for name in _names_in(ast.parse(path.read_text(encoding="utf-8"))):
			found.setdefault(name, path.relative_to(APP).as_posix())
	return found


def _names_in(tree: ast.AST) -> Iterator[str]:
	for node in ast.iter_child_nodes(tree):
		dotted = _dotted(node)
		if dotted:
			yield dotted
			continue
		if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "frappe":
			yield from (f"{node.module}.{alias.name}" for alias in node.names)
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names if alias.name.startswith("frappe."))
		yield from _names_in(node)


def _dotted(node: ast.AST) -> str | None:
	parts: list[str] = []
	while isinstance(node, ast.Attribute):
		parts.append(node.attr)
		node = node.value
	is_ours = parts and isinstance(node, ast.Name) and node.id == "frappe"
	return ".".join(["frappe", *reversed(parts)]) if is_ours else None


def test_the_app_uses_public_names_only():
	# Flags are a bag for everybody: an app may put its own into it.
	unknown = {
		name: file
		for name, file in used_names().items()
		if name not in public_names() and not name.startswith("frappe.flags.")
	}
	assert not unknown, "look these up in Frappe 15 and 16, then add them to tests/facts/public_api.txt"


@pytest.mark.parametrize("name", sorted(name for name in public_names() if name.count(".") == 1))
def test_public_names_are_here(name):
	import frappe

	assert hasattr(frappe, name.split(".")[1]) or import_module(name)


def test_the_app_never_asks_which_host_it_runs_on():
	sources = {path: path.read_text(encoding="utf-8") for path in APP.rglob("*.py")}
	assert not [path for path, text in sources.items() if "frappe_lite" in text or "is_lite" in text]
