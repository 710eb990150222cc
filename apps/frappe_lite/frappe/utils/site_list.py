"""The sites of a bench."""

from __future__ import annotations

import os


def get_sites(sites_path: str = ".") -> list[str]:
	"""Return the names of the folders in `sites_path` that are sites, in alphabetical order."""
	return sorted(
		name
		for name in os.listdir(sites_path)
		if os.path.exists(os.path.join(sites_path, name, "site_config.json"))
	)
