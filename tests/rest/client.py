"""A small HTTP client for tests: cookies, JSON, forms, files."""

from __future__ import annotations

import http.client
import json as jsonlib
import urllib.parse
import uuid
from dataclasses import dataclass
from typing import Any


@dataclass
class Answer:
	"""An answer of the server.

	Args:
		status: HTTP status.
		headers: name in small letters → value.
		raw: body.
	"""

	status: int
	headers: dict[str, str]
	raw: bytes

	@property
	def text(self) -> str:
		"""The body as text."""
		return self.raw.decode("utf-8", "replace")

	@property
	def json(self) -> Any:
		"""The body as JSON."""
		return jsonlib.loads(self.raw)

	@property
	def data(self) -> Any:
		"""`data` or `message` of the body."""
		body = self.json
		return body.get("data", body.get("message"))

	def expect(self, *statuses: int) -> Answer:
		"""Return the answer itself if its status is one of these."""
		assert self.status in statuses, f"{self.status}, not {statuses}: {self.text[:800]}"
		return self


class Client:
	"""A browser-like client.

	Args:
		url: address of the server.
		site: host name it is asked for.
	"""

	def __init__(self, url: str, site: str) -> None:
		self.address = urllib.parse.urlsplit(url)
		self.site = site
		self.cookies: dict[str, str] = {}
		self.user = "Guest"

	def login(self, user: str, password: str) -> Client:
		"""Sign in and return the client."""
		self.post("/api/method/login", form={"usr": user, "pwd": password}).expect(200)
		self.user = user
		return self

	def get(self, path: str, **options: Any) -> Answer:
		"""Send a GET."""
		return self.send("GET", path, **options)

	def post(self, path: str, **options: Any) -> Answer:
		"""Send a POST."""
		return self.send("POST", path, **options)

	def put(self, path: str, **options: Any) -> Answer:
		"""Send a PUT."""
		return self.send("PUT", path, **options)

	def delete(self, path: str, **options: Any) -> Answer:
		"""Send a DELETE."""
		return self.send("DELETE", path, **options)

	def send(
		self,
		method: str,
		path: str,
		*,
		query: dict | None = None,
		json: Any = None,
		form: dict | None = None,
		files: dict | None = None,
		raw: bytes | None = None,
		headers: dict | None = None,
	) -> Answer:
		"""Send a request.

		Args:
			path: not encoded by the client, so that tests may send anything.
			query, form: names and values; values that are no text are sent as JSON.
			files: field → (filename, bytes); sent with `form` as multipart.
		"""
		head = {"Accept": "application/json", "Host": self.site, **(headers or {})}
		if query:
			path += "?" + urllib.parse.urlencode(_texts(query))
		body = _body(json, form, files, raw, head)
		if self.cookies:
			head.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
		connection = http.client.HTTPConnection(self.address.hostname or "", self.address.port, timeout=60)
		try:
			connection.request(method, path, body=body, headers=head)
			response = connection.getresponse()
			answer = Answer(
				response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
			)
			self._keep_cookies(response)
		finally:
			connection.close()
		return answer

	def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
		for name, value in response.getheaders():
			if name.lower() == "set-cookie":
				key, _, rest = value.partition("=")
				self.cookies[key] = rest.split(";")[0]


def _texts(values: dict) -> dict[str, str]:
	return {key: value if isinstance(value, str) else jsonlib.dumps(value) for key, value in values.items()}


def _body(json: Any, form: dict | None, files: dict | None, raw: bytes | None, head: dict) -> bytes | None:
	if files is not None:
		return _multipart(files, form or {}, head)
	if json is not None:
		head.setdefault("Content-Type", "application/json")
		return jsonlib.dumps(json).encode()
	if form is not None:
		head.setdefault("Content-Type", "application/x-www-form-urlencoded")
		return urllib.parse.urlencode(_texts(form)).encode()
	return raw


def _multipart(files: dict, form: dict, head: dict) -> bytes:
	boundary = uuid.uuid4().hex
	head["Content-Type"] = f"multipart/form-data; boundary={boundary}"
	parts = []
	for key, value in _texts(form).items():
		parts.append(
			f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
		)
	for key, (filename, content) in files.items():
		heading = (
			f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"; filename="{filename}"\r\n\r\n'
		)
		parts.append(heading.encode() + content + b"\r\n")
	return b"".join(parts) + f"--{boundary}--\r\n".encode()
