"""Keys of password reset links: only their hash is stored."""

from __future__ import annotations

import hashlib


def hash_key(key: str) -> str:
	"""Return what is stored of a key."""
	return hashlib.sha256(str(key).encode()).hexdigest()
