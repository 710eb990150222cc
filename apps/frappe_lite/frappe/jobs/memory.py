"""Keeps a process of many threads small."""

from __future__ import annotations

import ctypes
import os

M_ARENA_MAX = -8
ARENAS = 2


def bound_arenas() -> None:
	"""Let glibc keep at most two memory arenas, unless MALLOC_ARENA_MAX says otherwise.

	By default every thread may keep its own; the 64 MiB that a password hash takes would then stay with each
	thread that
	ever signed somebody in. Without glibc nothing happens.
	"""
	if "MALLOC_ARENA_MAX" in os.environ:
		return
	try:
		mallopt = ctypes.CDLL(None).mallopt
	except (AttributeError, OSError):
		return
	mallopt(M_ARENA_MAX, ARENAS)
