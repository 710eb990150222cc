"""A webhook of WeCom, DingTalk or any service that takes JSON: the same neutral text."""

from typing import Any

import frappe

TIMEOUT_SECONDS = 10


def send(message: Any, subject: str, body: str) -> dict[str, Any]:
	"""Post the text to the address of the settings.

	:param message: Dispatch Log document
	:raises requests.RequestException: when the service does not take it
	"""
	import requests

	settings = frappe.get_cached_doc("Crisis Settings")
	address = settings.get_password("webhook_url")
	answer = requests.post(
		address, json=payload(settings.webhook_format, subject, body), timeout=TIMEOUT_SECONDS
	)
	answer.raise_for_status()
	return {}


def payload(style: str, subject: str, body: str) -> dict[str, Any]:
	"""Return the JSON of a text in the style of a service.

	:param style: `WeCom`, `DingTalk` or `Plain`
	"""
	text = f"{subject}\n{body}"
	if style in ("WeCom", "DingTalk"):
		return {"msgtype": "text", "text": {"content": text}}
	return {"text": text}
