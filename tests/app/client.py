"""A client of the REST API that signs in as somebody of the demo school."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "Demo-School-2026"


class Client:
	"""A signed-in client; answers are (status, JSON)."""

	def __init__(self, url, user, password=PASSWORD):
		self.url = url
		cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
		self.opener = urllib.request.build_opener(cookies)
		status, _answer = self.post("/api/method/login", usr=user, pwd=password)
		assert status == 200

	def get(self, path, **arguments):
		query = urllib.parse.urlencode({key: _text(value) for key, value in arguments.items()})
		return self._send(urllib.request.Request(f"{self.url}{urllib.parse.quote(path)}?{query}"))

	def post(self, path, **values):
		return self._write("POST", path, values)

	def put(self, path, **values):
		return self._write("PUT", path, values)

	def delete(self, path):
		return self._write("DELETE", path, {})

	def _write(self, method, path, values):
		headers = {"Content-Type": "application/json"}
		data = json.dumps(values).encode()
		url = self.url + urllib.parse.quote(path)
		return self._send(urllib.request.Request(url, data, headers, method=method))

	def _send(self, request):
		request.add_header("Accept", "application/json")
		try:
			with self.opener.open(request, timeout=20) as response:
				return response.status, json.loads(response.read() or b"{}")
		except urllib.error.HTTPError as error:
			return error.code, json.loads(error.read() or b"{}")


def _text(value):
	return value if isinstance(value, str) else json.dumps(value)
