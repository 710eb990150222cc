"""A demo school behind a running server, and browsers that look at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.webdriver import DESKTOP, PHONE, Browser, missing_browser

PASSWORD = "Demo-School-2026"


@pytest.fixture(scope="session")
def school(start_server: Callable[[], Any]) -> Any:
	"""A server of its own with the demo school; skipped where no browser is installed."""
	if reason := missing_browser():
		pytest.skip(reason)
	server = start_server()
	with server.connected() as database:
		from crisis_intervention import demo

		demo.load()
		database.commit()
	return server


@pytest.fixture
def sign_in(school: Any) -> Iterator[Callable[..., Browser]]:
	"""Open a browser, signed in as an account of the demo school; `phone=True` is a small touch screen."""
	browsers = []

	def open_browser(user: str, phone: bool = False) -> Browser:
		browser = Browser(school.url, PHONE if phone else DESKTOP, touch=phone)
		browsers.append(browser)
		browser.sign_in(user, PASSWORD)
		return browser

	yield open_browser
	for browser in browsers:
		browser.close()
