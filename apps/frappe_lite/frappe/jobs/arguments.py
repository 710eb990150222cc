"""Arguments of a job as JSON that gives dates, documents and the like back as they were."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import frappe

TAG = "~"


def dump(values: dict[str, Any]) -> str:
	"""Return the arguments as text.

	Raises:
		TypeError: a value cannot be kept.
	"""
	return json.dumps(_encode(values), ensure_ascii=False, separators=(",", ":"))


def load(text: str | None) -> dict[str, Any]:
	"""Return the arguments that `dump` wrote."""
	return _decode(json.loads(text)) if text else {}


def _encode(value: Any) -> Any:
	if value is None or isinstance(value, str | int | float | bool):
		return value
	if isinstance(value, dict):
		return _encode_dict(value)
	if isinstance(value, list):
		return [_encode(item) for item in value]
	for kind, name, write in _WRITERS:
		if isinstance(value, kind):
			return {TAG: name, "v": write(value)}
	if hasattr(value, "as_dict") and hasattr(value, "doctype"):
		return {TAG: "document", "v": _encode_dict(value.as_dict())}
	raise TypeError(f"A job cannot keep an argument of type {type(value).__name__}")


def _encode_dict(value: dict) -> dict:
	if TAG not in value and all(isinstance(key, str) for key in value):
		return {key: _encode(item) for key, item in value.items()}
	return {TAG: "dict", "v": [[_encode(key), _encode(item)] for key, item in value.items()]}


_WRITERS: tuple[tuple[type, str, Any], ...] = (
	(datetime, "datetime", datetime.isoformat),
	(date, "date", date.isoformat),
	(time, "time", time.isoformat),
	(timedelta, "timedelta", timedelta.total_seconds),
	(Decimal, "decimal", str),
	(tuple, "tuple", lambda value: [_encode(item) for item in value]),
	(set, "set", lambda value: [_encode(item) for item in value]),
	(bytes, "bytes", bytes.hex),
)

_READERS = {
	"datetime": datetime.fromisoformat,
	"date": date.fromisoformat,
	"time": time.fromisoformat,
	"timedelta": lambda value: timedelta(seconds=value),
	"decimal": Decimal,
	"tuple": lambda value: tuple(_decode(item) for item in value),
	"set": lambda value: {_decode(item) for item in value},
	"bytes": bytes.fromhex,
	"dict": lambda value: {_decode(key): _decode(item) for key, item in value},
	"document": lambda value: frappe.get_doc(_decode(value)),
}


def _decode(value: Any) -> Any:
	if isinstance(value, list):
		return [_decode(item) for item in value]
	if not isinstance(value, dict):
		return value
	if TAG in value:
		return _READERS[value[TAG]](value["v"])
	return frappe._dict({key: _decode(item) for key, item in value.items()})
