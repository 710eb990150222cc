"""Names of lease holders, from which another process of the same machine can tell whether they still live."""

from __future__ import annotations

import os
import socket

import frappe


def new_owner() -> str:
	"""Return a new holder's name: machine, process and a random part."""
	return f"{socket.gethostname()[:60]}:{os.getpid()}:{frappe.generate_hash(length=10)}"


def is_dead(owner: str | None) -> bool:
	"""Tell whether the holder was a process of this machine that is gone.

	A holder on another machine is taken for alive; its lease then has to run out.
	"""
	host, _, rest = (owner or "").partition(":")
	process = rest.partition(":")[0]
	if host != socket.gethostname()[:60] or not process.isdigit():
		return False
	try:
		os.kill(int(process), 0)
	except ProcessLookupError:
		return True
	except PermissionError:
		return False
	return False
