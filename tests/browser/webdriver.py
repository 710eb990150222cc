"""A browser for tests: chromium through chromedriver, spoken to in plain W3C WebDriver over HTTP."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"enter": "\ue007", "escape": "\ue00c", "tab": "\ue004", "down": "\ue015", "control": "\ue009"}
FLAGS = [
	"--headless=new",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-dev-shm-usage",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
	"--force-color-profile=srgb",
	"--hide-scrollbars",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}


class BrowserError(AssertionError):
	"""What the browser could not do, with the page's address."""


def missing_browser() -> str:
	"""Say what is missing to run a browser, or an empty string."""
	lacking = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
	return f"{' and '.join(lacking)} not installed (Debian: chromium, chromium-driver)" if lacking else ""


def free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


class Element:
	"""One element of the page."""

	def __init__(self, browser: "Browser", reference: str, find_again=None):
		self.browser = browser
		self.reference = reference
		self.find_again = find_again

	def _call(self, verb: str, path: str, body: dict | None = None):
		return self.browser.command(verb, f"element/{self.reference}/{path}", body)

	def click(self) -> None:
		"""Click; an element that the page drew anew meanwhile is looked up once more."""
		try:
			self._click()
		except BrowserError as error:
			if "stale element" not in str(error) or not self.find_again:
				raise
			self.reference = self.find_again().reference
			self._click()

	def _click(self) -> None:
		self.browser.run("arguments[0].scrollIntoView({block: 'center'})", self)
		self._call("POST", "click", {})

	def type(self, text: str) -> None:
		self._call("POST", "value", {"text": text})

	def fill(self, text: str) -> None:
		"""Replace the content of a text field and tell the page that it changed."""
		self.browser.run("arguments[0].scrollIntoView({block: 'center'})", self)
		self._call("POST", "clear", {})
		self.type(text)
		self.browser.run("arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", self)

	@property
	def text(self) -> str:
		return self._call("GET", "text")

	@property
	def size(self) -> dict:
		return self._call("GET", "rect")

	def attribute(self, name: str) -> str | None:
		return self.browser.run("return arguments[0].getAttribute(arguments[1])", self, name)


class Browser:
	"""A session of headless chromium; use it as a context manager."""

	def __init__(self, base_url: str, size: dict = DESKTOP, touch: bool = False, dark: bool = False):
		self.base_url = base_url.rstrip("/")
		self.port = free_port()
		self.profile = tempfile.mkdtemp(prefix="desk-browser-")
		self.driver = subprocess.Popen(
			["chromedriver", f"--port={self.port}", "--silent"],
			stdout=subprocess.DEVNULL,
			stderr=subprocess.DEVNULL,
		)
		self.session = ""
		self._start(size, touch, dark)

	def _start(self, size: dict, touch: bool, dark: bool) -> None:
		flags = [*FLAGS, f"--user-data-dir={self.profile}", f"--window-size={size['width']},{size['height']}"]
		if dark:
			flags.append("--force-dark-mode")
		options: dict = {"args": flags, "binary": shutil.which("chromium")}
		if touch:
			metrics = {**size, "pixelRatio": 2, "touch": True, "mobile": True}
			options["mobileEmulation"] = {"deviceMetrics": metrics}
		always = {
			"browserName": "chrome",
			"goog:chromeOptions": options,
			"goog:loggingPrefs": {"browser": "ALL"},
		}
		self._wait_for_driver()
		answer = self._send("POST", "session", {"capabilities": {"alwaysMatch": always}})
		self.session = answer["sessionId"]

	def _wait_for_driver(self) -> None:
		deadline = time.monotonic() + 20
		while time.monotonic() < deadline:
			try:
				if self._send("GET", "status")["ready"]:
					return
			except (OSError, ValueError):
				time.sleep(0.1)
		raise BrowserError("chromedriver does not answer")

	def _send(self, verb: str, path: str, body: dict | None = None):
		data = json.dumps(body).encode() if body is not None else None
		url = f"http://127.0.0.1:{self.port}/{path}"
		request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=verb)
		try:
			with urllib.request.urlopen(request, timeout=60) as answer:
				return json.load(answer)["value"]
		except urllib.error.HTTPError as error:
			detail = json.load(error)["value"]
			raise BrowserError(f"{detail['error']}: {detail['message'].splitlines()[0]}") from None

	def command(self, verb: str, path: str, body: dict | None = None):
		return self._send(verb, f"session/{self.session}/{path}", body)

	def __enter__(self) -> "Browser":
		return self

	def __exit__(self, *_exc) -> None:
		self.close()

	def close(self) -> None:
		try:
			if self.session:
				self._send("DELETE", f"session/{self.session}")
		finally:
			self.driver.terminate()
			self.driver.wait(10)
			shutil.rmtree(self.profile, ignore_errors=True)

	def open(self, path: str) -> None:
		self.command("POST", "url", {"url": self.base_url + path})

	@property
	def path(self) -> str:
		return self.command("GET", "url").removeprefix(self.base_url)

	@property
	def title(self) -> str:
		return self.command("GET", "title")

	def run(self, script: str, *args):
		"""Run JavaScript in the page and return its value."""
		plain = [{ELEMENT: arg.reference} if isinstance(arg, Element) else arg for arg in args]
		return self.command("POST", "execute/sync", {"script": script, "args": plain})

	def all(self, selector: str) -> list[Element]:
		found = self.command("POST", "elements", {"using": "css selector", "value": selector})
		return [Element(self, one[ELEMENT]) for one in found]

	def find(self, selector: str, text: str = "", seconds: float = 10) -> Element:
		"""Wait for a visible element of this selector, with `text` in it when given."""

		def look():
			script = """
				const [selector, text] = arguments;
				return [...document.querySelectorAll(selector)].find((element) =>
					element.getClientRects().length && element.textContent.includes(text)) || null;
			"""
			found = self.run(script, selector, text)
			return (
				Element(self, found[ELEMENT], partial(self.find, selector, text, seconds)) if found else None
			)

		return self.wait(look, f"{selector} with “{text}”" if text else selector, seconds)

	def wait(self, condition, what: str, seconds: float = 10):
		"""Wait until `condition()` is true and return its value."""
		deadline = time.monotonic() + seconds
		while True:
			value = condition()
			if value:
				return value
			if time.monotonic() > deadline:
				raise BrowserError(
					f"not there after {seconds} s: {what} (at {self.path})\n{self.page_text()[:1500]}"
				)
			time.sleep(0.05)

	def page_text(self) -> str:
		return self.run("return document.body.innerText")

	def press(self, *keys: str) -> None:
		"""Press keys together, e.g. `press("control", "k")`."""
		codes = [KEYS.get(key, key) for key in keys]
		actions = [{"type": "keyDown", "value": code} for code in codes]
		actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
		self.command("POST", "actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

	def errors(self) -> list[str]:
		"""Errors the page wrote to the console since the last call."""
		entries = self.command("POST", "se/log", {"type": "browser"})
		return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

	def screenshot(self, path: str | Path) -> None:
		Path(path).write_bytes(base64.b64decode(self.command("GET", "screenshot")))

	def sign_in(self, user: str, password: str) -> None:
		self.open("/login")
		self.find("#login-user").fill(user)
		self.find("#login-password").fill(password)
		self.find("button[type=submit]").click()
		self.wait(lambda: self.path.startswith("/app"), "the desk after signing in")
