"""What a real Frappe 15.55.1 answered, replayed against a server on a fresh site of the runtime alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rest.plain_site import PlainSite

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "tests" / "facts"
STEPS = 623
AT_LEAST = 0.95


@pytest.fixture(scope="module")
def replayed(plain_site: PlainSite, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
	"""The result of every recorded step."""
	out = tmp_path_factory.mktemp("replay") / "results.json"
	arguments = ["--host-header", plain_site.name, "--admin-password", plain_site.admin_password]
	arguments += ["--lenient-500", "--json", str(out)]
	run = subprocess.run(
		[
			sys.executable,
			str(FACTS / "replay.py"),
			"check",
			plain_site.url,
			str(FACTS / "scenarios"),
			*arguments,
		],
		capture_output=True,
		text=True,
		timeout=300,
		check=False,
	)
	assert out.exists(), run.stdout[-2000:] + run.stderr[-2000:]
	return json.loads(out.read_text())


def listed_differences() -> set[str]:
	"""Return "scenario/step" of the table in docs/differences.md; every row has a reason."""
	rows = re.findall(r"^\| (\w+) \| ([\w-]+) \| (.+) \|$", (ROOT / "docs/differences.md").read_text(), re.M)
	steps = {f"{scenario}/{step}": reason for scenario, step, reason in rows if step != "step"}
	assert all(len(reason) > 20 for reason in steps.values())
	return set(steps)


def test_every_step_was_replayed(replayed: list[dict]) -> None:
	assert len(replayed) == STEPS


def test_only_the_listed_steps_disagree(replayed: list[dict]) -> None:
	disagreeing = {
		f"{Path(step['file']).stem}/{step['step']}": step["diffs"] for step in replayed if not step["ok"]
	}
	unexpected = {key: diffs for key, diffs in disagreeing.items() if key not in listed_differences()}
	assert not unexpected, json.dumps(unexpected, indent=1)[:6000]
	assert listed_differences() == set(disagreeing), (
		"a listed step agrees: take it out of docs/differences.md"
	)


def test_nearly_all_steps_agree(replayed: list[dict]) -> None:
	assert sum(step["ok"] for step in replayed) >= AT_LEAST * STEPS
