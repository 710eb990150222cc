"""The commands by name, and their failures in one sentence."""

import sys

import checks
import desk
import environment
import suite
from school import start


def run_command(arguments: list[str]) -> int:
	"""Run one command; returns the exit code, after a sentence when something is missing."""
	try:
		return _run(*arguments)
	except checks.Missing as problem:
		print(f"\n{problem}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		return 130


def _run(command: str = "", *rest: str) -> int:
	commands = {
		"start": start,
		"test": lambda: suite.test(list(rest)),
		"setup": lambda: (environment.prepare(), desk.prepare(), 0)[-1],
		"desk": lambda: (environment.prepare(), desk.build(), 0)[-1],
		"lint": suite.lint,
	}
	if command not in commands:
		print(f"usage: bootstrap {'|'.join(commands)}", file=sys.stderr)
		return 2
	checks.writable_folder()
	return commands[command]()
