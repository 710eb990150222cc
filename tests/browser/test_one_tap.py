"""Reports without news in one tap, on a telephone, as a class teacher and as a class monitor."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def listed(browser):
	"""Return how many rows the list says there are."""
	total = re.search(r"\d+ / (\d+)", browser.page_text())
	return int(total.group(1)) if total else 0


@pytest.mark.parametrize(
	("user", "path", "label"),
	[
		("teacher1@example.com", "/app/class-weekly-report", "本周无异常"),
		("teacher1@example.com", "/app/class-log", "本月无异常"),
		("monitor@example.com", "/app/class-barometer", "一切平静"),
	],
)
def test_one_tap_files_the_report_and_says_so(sign_in, user, path, label):
	browser = sign_in(user, phone=True)
	browser.open(path)
	button = browser.find("button", label)
	browser.wait(lambda: listed(browser) > 0, "the reports of the term")
	before = listed(browser)
	assert button.size["height"] >= 44
	button.click()
	browser.find("*", "已上报：七年级（1）班")
	browser.wait(lambda: listed(browser) == before + 1, "the filed report in the list")
	assert label not in [one.text for one in browser.all("header button")]
	assert browser.errors() == []
