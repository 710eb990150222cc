"""Takes the pictures of the README from a running demo school: `env/bin/python tests/browser/tour.py URL`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.webdriver import DESKTOP, PHONE, Browser

PASSWORD = "Demo-School-2026"
PSYCHOLOGIST = "psychologist@example.com"
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
# picture, account, page, telephone
TOUR = (
	("home", PSYCHOLOGIST, "/app/crisis-intervention", False),
	("duties", PSYCHOLOGIST, f"/app/duty?responsible={PSYCHOLOGIST}&state=Open", False),
	("compliance", "leader@example.com", "/app/query-report/Duty Compliance by Article", False),
	("report_phone", "subject@example.com", "/app/warning-report/new", True),
)
CASES = "/app/student-case?workflow_state=In Registry"
QUIET = "return !document.querySelector('.skeleton')"


def take(url: str) -> None:
	"""Take all pictures.

	:param url: address of a running demo school
	"""
	IMAGES.mkdir(parents=True, exist_ok=True)
	for name, user, page, phone in TOUR:
		with Browser(url, PHONE if phone else DESKTOP, touch=phone) as browser:
			browser.sign_in(user, PASSWORD)
			browser.open(page)
			picture(browser, name)
	with Browser(url, DESKTOP) as browser:
		browser.sign_in("leader@example.com", PASSWORD)
		browser.open(CASES)
		browser.find("a[href*='/student-case/SC-'], .list-row").click()
		browser.wait(lambda: "/student-case/SC-" in browser.path, "a case")
		picture(browser, "case")


def picture(browser: Browser, name: str) -> None:
	"""Store what the browser shows once it has drawn everything."""
	browser.wait(lambda: browser.run(QUIET), "the page")
	browser.run("return new Promise((done) => setTimeout(done, 8000))")
	browser.screenshot(IMAGES / f"{name}.png")


if __name__ == "__main__":
	take(sys.argv[1])
