"""`bench run-tests` runs the app's tests as a real bench does, on a site that is in use."""

import os
import subprocess
import sys
from xml.etree import ElementTree as etree

import pytest

APP = "crisis_intervention"


@pytest.fixture
def run_tests(site, sites_path):
	"""Run `bench run-tests` in a process of its own; answers its exit code and what it printed."""

	def run(*arguments):
		helper = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe"]
		done = subprocess.run(
			[*helper, "--site", site, "run-tests", *arguments],
			cwd=sites_path,
			env=dict(os.environ),
			capture_output=True,
			text=True,
			check=False,
			timeout=100,
		)
		return done.returncode, done.stdout + done.stderr

	return run


@pytest.mark.parametrize(
	("arguments", "number"),
	[
		(("--app", APP, "--case", "TestRiskLevel"), 1),
		(("--doctype", "Risk Level"), 1),
		(("--module", f"{APP}.crisis_plan.clocks.test_periods"), 5),
		(("--module-def", "Early Warning", "--case", "TestConcernCategory"), 1),
		(("--app", "frappe"), 0),
	],
	ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_chosen_tests_pass(run_tests, arguments, number):
	code, output = run_tests(*arguments)
	assert code == 0, output
	ran = int(output.split("Ran ")[1].split()[0])
	assert ran >= number


@pytest.mark.parametrize(
	("arguments", "sentence"),
	[
		(("--app", "nope"), "App nope is not installed"),
		(("--doctype", "Nope"), "There is no DocType Nope"),
		(("--doctype", "Role"), "DocType Role has no tests"),
		(("--module", f"{APP}.nope"), f"There is no module {APP}.nope"),
		(("--module-def", "Nope"), "There is no Module Def Nope"),
		(("--doctype", "Risk Level", "--test", "test_nope"), "There is no test test_nope"),
	],
	ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_there_is_one_sentence(run_tests, arguments, sentence):
	code, output = run_tests(*arguments)
	assert code == 1 and sentence in output and "Traceback" not in output


def test_the_report_names_each_test(run_tests, tmp_path):
	path = tmp_path / "report.xml"
	assert run_tests("--doctype", "Risk Level", "--junit-xml-output", str(path))[0] == 0
	report = etree.parse(path).getroot()
	assert report.get("failures") == report.get("errors") == "0"
	assert {row.get("classname").rsplit(".", 1)[-1] for row in report} == {"TestRiskLevel"}
