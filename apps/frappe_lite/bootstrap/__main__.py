"""Prepares a fresh machine and runs the bench on it: `python3 apps/frappe_lite/bootstrap
start|test|setup|desk|lint`.

Standard library only, since it runs before anything is installed.
"""

import sys

import checks
import desk
import environment
import suite
from school import start


def main(arguments: list[str]) -> int:
	"""Run one command; returns the exit code."""
	command, *rest = arguments or [""]
	commands = {
		"start": lambda: start(),
		"test": lambda: suite.test(rest),
		"setup": lambda: (environment.prepare(), desk.prepare(), 0)[-1],
		"desk": lambda: (environment.prepare(), desk.build(), 0)[-1],
		"lint": lambda: suite.lint(),
	}
	if command not in commands:
		print(f"usage: bootstrap {'|'.join(commands)}", file=sys.stderr)
		return 2
	checks.python_version()
	return commands[command]()


if __name__ == "__main__":
	try:
		sys.exit(main(sys.argv[1:]))
	except checks.Missing as problem:
		sys.exit(f"\n{problem}")
	except KeyboardInterrupt:
		sys.exit(130)
