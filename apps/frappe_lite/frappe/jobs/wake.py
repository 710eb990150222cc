"""A bell for the workers of this process, so that a job need not wait for the next look into the table."""

from __future__ import annotations

import threading

_bell = threading.Condition()
_rings = 0


def wake_workers() -> None:
	"""Have idle workers of this process look for jobs now."""
	global _rings
	with _bell:
		_rings += 1
		_bell.notify_all()


def rings() -> int:
	"""Return how often the bell has rung, to be given to `wait_for_ring`."""
	return _rings


def wait_for_ring(seen: int, seconds: float) -> None:
	"""Sleep until the bell rings or `seconds` have passed; at once when it rang since `seen`."""
	with _bell:
		_bell.wait_for(lambda: _rings != seen, timeout=seconds)
