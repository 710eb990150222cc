"""One piece of work, as the back ends hand it around."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from frappe.jobs import arguments

QUEUED, STARTED, FINISHED, FAILED = "queued", "started", "finished", "failed"

QUEUE_TIMEOUTS = {"short": 300, "default": 300, "long": 1500}
DEFAULT_TIMEOUT = 300


@dataclass
class Job:
	"""A call of `method` with `kwargs` as `user`.

	`timeout` is in seconds; `job_id` is the caller's own name for the work, by which doubles are found;
	`at_front` puts it before what waits in the same queue.
	"""

	method: str
	kwargs: dict[str, Any] = field(default_factory=dict)
	site: str = ""
	user: str = "Administrator"
	queue: str = "default"
	timeout: int = DEFAULT_TIMEOUT
	event: str | None = None
	job_name: str = ""
	job_id: str | None = None
	at_front: bool = False
	id: str = ""
	attempts: int = 0
	status: str = QUEUED
	lease_owner: str | None = None
	stored: str | None = None

	def arguments(self) -> dict[str, Any]:
		"""Return the arguments of the call; those of a stored job are read only now, when they are needed."""
		return arguments.load(self.stored) if self.stored else self.kwargs

	def get_status(self) -> str:
		"""Return queued, started, finished or failed."""
		return self.status


def method_path(method: str | Callable) -> str:
	"""Return the dotted path under which a worker finds a function.

	Raises:
		ValueError: the function lives inside another one, so nobody else can import it.
	"""
	if isinstance(method, str):
		return method
	if "<" in method.__qualname__:
		raise ValueError(f"A job needs a function that can be imported, not {method.__qualname__}")
	return f"{method.__module__}.{method.__qualname__}"


def clock() -> float:
	"""Return seconds since 1970; leases follow real time even where a test freezes the site's clock."""
	return time.time()
