"""What `bench get-app <this repository>` and pip get: the app with its data, never the runtime."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
	"""Return the file names of a wheel built from a copy of the tracked files."""
	folder = tmp_path_factory.mktemp("wheel")
	source = folder / "source"
	source.mkdir()
	archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
	subprocess.run(["tar", "-x", "-C", str(source)], input=archive, check=True)
	build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
	subprocess.run([*build, "-w", str(folder), str(source)], check=True, capture_output=True)
	with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
		return wheel.namelist()


def test_the_wheel_holds_the_app_with_its_data_and_no_runtime(wheel_names: list[str]) -> None:
	package = "crisis_intervention/"
	for needed in ("hooks.py", "modules.txt", "patches.txt", "translations/zh.csv", "fixtures/role.json"):
		assert package + needed in wheel_names
	case = package + "case_registry/doctype/student_case/student_case"
	assert {case + ".json", case + ".py", case + ".js"} <= set(wheel_names)
	assert any(name.startswith(package + "fixtures/seed/") for name in wheel_names)
	assert package + "patches/__init__.py" in wheel_names
	assert not [name for name in wheel_names if name.startswith("frappe")]


def test_the_bench_can_read_the_name_without_running_setup() -> None:
	tree = ast.parse((ROOT / "setup.py").read_text())
	calls = [
		node.value for node in tree.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
	]
	setup = next(call for call in calls if getattr(call.func, "id", "") == "setup")
	names = [word.value for word in setup.keywords if word.arg == "name"]
	assert isinstance(names[0], ast.Constant)
	assert names[0].value == "crisis_intervention"


def test_the_root_link_shows_the_package_to_the_official_bench() -> None:
	assert (ROOT / "crisis_intervention" / "hooks.py").resolve() == (
		ROOT / "apps" / "crisis_intervention" / "crisis_intervention" / "hooks.py"
	)
	assert not (ROOT / "apps" / "frappe").exists()
