"""Prepares a fresh machine and runs the bench on it: `python3 apps/frappe_lite/bootstrap
start|test|setup|desk|lint`.

Standard library only, since it runs before anything is installed. This file alone is read by any Python 3.
"""

import sys

OLDEST_PYTHON = (3, 10)


def main():
	"""Run one command in a Python that is new enough, and exit with its code."""
	if sys.version_info < OLDEST_PYTHON:
		found = ".".join(map(str, sys.version_info[:3]))
		sys.exit(f"\nPython 3.10 or newer is needed, this is {found}: run `make start PYTHON=python3.11`.")
	from dispatch import run_command

	sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
	main()
